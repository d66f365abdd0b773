package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a denoising autoencoder: the encoder reads x with noise on it, and the decoder is asked for x. Vincent et al.
 * (2008), eq. 5.
 *
 * @param noise of which kind
 * @param level how much of it
 */
public record Denoising(
        @About("masking, gaussian or salt-and-pepper") Corruption noise,

        @About("part of the pixels that is corrupted, in [0, 1]; of gaussian noise its deviation")
        double level)
        implements Objective {

    /**
     * Validates the level.
     *
     * @throws IllegalArgumentException if it is negative, or the part of the pixels more than all
     */
    public Denoising {
        if (!(level >= 0) || (noise != Corruption.GAUSSIAN && level > 1)) {
            throw new IllegalArgumentException(
                    "level is the part of pixels that is corrupted, in [0, 1], or the deviation of gaussian noise, at least"
                            + " 0; got noise " + noise + " and level " + level);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Batch read = corrupted(batch, model, step);
        Draw draw = model.draw(read, batch, 1, step.pass());
        return Loss.ofDistortion(draw, Map.of());
    }

    private Batch corrupted(Batch batch, LatentVariableModel model, Step step) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(batch.tensors());
        model.signature()
                .observed()
                .forEach(field -> tensors.put(
                        field, noise.of(batch.get(field), level, step.pass().rng())));
        return batch.with(tensors);
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
