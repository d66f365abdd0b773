package dev.elbo.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Spectra of the frames of waves: short-time Fourier transforms, and back.
 *
 * @param real the cosines' amplitudes, [B, F, T]: F = size / 2 + 1 frequencies, from 0 to half the sample rate, of T frames
 * @param imaginary the sines' negative amplitudes, [B, F, T]
 */
public record Spectra(Tensor real, Tensor imaginary) {

    /**
     * How waves are cut into frames.
     *
     * @param size samples of a frame
     * @param hop samples from one frame to the next
     */
    public record Frames(long size, long hop) {

        /**
         * Validates the sizes.
         *
         * @throws IllegalArgumentException if one is not positive, or frames leave samples out
         */
        public Frames {
            if (hop < 1 || size < hop) {
                throw new IllegalArgumentException(
                        "frames have at least as many samples as lie between them, and at least one; got " + size
                                + " samples, " + hop + " apart");
            }
        }
    }

    /**
     * Hann's window, ½ − ½ cos(2π i / size) for sample i, whose copies half a frame apart add up to 1; FLOAT32 [size].
     */
    public static Tensor hann(long size, Device device) {
        return new Tensor(torch.hann_window(size, true, NativeTypes.options(DType.FLOAT32, device)));
    }

    /**
     * The spectra of windowed frames, the first of which is centred at the first sample; at both ends, waves are reflected.
     *
     * @param waves [B, N], more than half a frame long
     * @param window [size]
     * @return of T = N / hop + 1 frames
     */
    public static Spectra of(Tensor waves, Frames frames, Tensor window) {
        Tensor pairs = Tensor.call( // [B, F, T, 2]
                "Spectra.of",
                () -> torch.view_as_real(torch.stft(
                        waves.handle(),
                        frames.size,
                        new LongOptional(frames.hop),
                        new LongOptional(frames.size),
                        new TensorOptional(window.handle()),
                        true,
                        "reflect",
                        false,
                        new BoolOptional(true),
                        new BoolOptional(true),
                        new BoolOptional())),
                waves,
                window);
        return new Spectra(pairs.get(-1, 0), pairs.get(-1, 1));
    }

    /**
     * The waves whose spectra are closest to these, in the sum of squares: those that they were taken of, if they were.
     *
     * @param window [size], as that of the spectra
     * @param length N, in samples
     * @return [B, N]
     */
    public Tensor waves(Frames frames, Tensor window, long length) {
        Tensor pairs = Tensor.stack(-1, real, imaginary);
        return Tensor.call(
                "Spectra.waves",
                () -> torch.istft(
                        torch.view_as_complex(pairs.handle()),
                        frames.size,
                        new LongOptional(frames.hop),
                        new LongOptional(frames.size),
                        new TensorOptional(window.handle()),
                        true,
                        false,
                        new BoolOptional(true),
                        new LongOptional(length),
                        false),
                real,
                imaginary,
                window);
    }

    /** The squares of the absolute values, [B, F, T]. */
    public Tensor power() {
        return real.square().plusProduct(imaginary, imaginary);
    }
}
