package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sound as WAV: 16 bits, one channel. */
public final class Waves {
    private static final double PAUSE_SECONDS = 0.3;
    private static final int LARGEST = Short.MAX_VALUE;

    private Waves() {}

    /**
     * The bytes of a WAV file with recordings one after the other, a short pause between them.
     *
     * @param waves in −1 … 1 (values beyond are cut), FLOAT32 [T] each
     * @param rateHz samples a second
     */
    public static byte[] wav(List<HostArray> waves, double rateHz) {
        int pause = (int) (PAUSE_SECONDS * rateHz);
        int length = Math.max(0, waves.size() - 1) * pause
                + waves.stream().mapToInt(wave -> (int) wave.shape().elements()).sum();
        ByteBuffer samples = ByteBuffer.allocate(length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (HostArray wave : waves) {
            samples.position(samples.position() == 0 ? 0 : samples.position() + pause * Short.BYTES);
            for (float value : wave.toFloats()) {
                samples.putShort((short) Math.round(LARGEST * Math.max(-1, Math.min(1, value))));
            }
        }
        AudioFormat format = new AudioFormat((float) rateHz, Short.SIZE, 1, true, false);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(samples.array()), format, length)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file);
        } catch (IOException e) {
            throw new IllegalStateException("Bug: memory refused a WAV of " + length + " samples", e);
        }
        return file.toByteArray();
    }
}
