package dev.elbo.nn;

import dev.elbo.tensor.Spectra;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A critic of waves, which looks at their spectra in several resolutions: convolutions over the logarithms of magnitudes, whose mean is
 * the logit. Jang et al. (2021), UnivNet, section 2.3, with fewer channels: [B, N] → [B, 1].
 */
public record SpectrumCritic(List<Look> looks) implements Layer {
    private static final int KERNEL = 3;
    private static final double FLOOR = 1e-10;

    /** Copies the list. */
    public SpectrumCritic {
        looks = List.copyOf(looks);
    }

    /**
     * One of the resolutions.
     *
     * @param size samples of a frame; the hop is a quarter of it
     * @param network [B, 1, F, T] → [B, 1, F', T']
     */
    public record Look(int size, Layer network) implements Module {}

    /** With initial weights. */
    public static SpectrumCritic of(List<Integer> sizes, List<Integer> channels, Initializer initial) {
        return new SpectrumCritic(sizes.stream()
                .map(size -> new Look(size, network(channels, initial)))
                .toList());
    }

    private static Layer network(List<Integer> channels, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        long in = 1;
        for (int out : channels) {
            layers.add(Conv2d.of(in, out, KERNEL, 2, KERNEL / 2, initial));
            layers.add(Activation.LEAKY_RELU);
            in = out;
        }
        layers.add(Conv2d.of(in, 1, KERNEL, 1, KERNEL / 2, initial));
        return new Sequential(layers);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor[] logits = looks.stream().map(look -> logit(look, x, pass)).toArray(Tensor[]::new);
        return Tensor.stack(0, logits).mean(0).unsqueeze(-1);
    }

    /** [B]. */
    private static Tensor logit(Look look, Tensor x, Pass pass) {
        Tensor whole = x.pad(1, 0, Math.max(0, look.size - x.size(1)), 0);
        Tensor window = Spectra.hann(look.size, x.device()).times(4.0 / look.size);
        Tensor power = Spectra.of(whole, new Spectra.Frames(look.size, Math.max(1, look.size / 4)), window)
                .power();
        Tensor picture = power.clamp(FLOOR, Float.MAX_VALUE).log().times(0.5).unsqueeze(1); // [B, 1, F, T]
        return look.network.forward(picture, pass).mean(-1, -2, -3);
    }
}
