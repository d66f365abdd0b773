package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.ClassMeans;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A VAE whose latents are a text's style and its content: what each of them must tell is guessed from it, and what the guesses cost are
 * penalties of a draw. John et al. (2019), section 3. To say a text again in another style, its content is written with the mean style
 * of that style's sentences, section 3.5 there.
 *
 * @param autoencoder p(s) p(c) p(x|s, c), with latents {@link #STYLE} and {@link #CONTENT}
 * @param tasks what is guessed from the latents
 * @param styles the mean style of each class; passes of training move them
 */
public record DisentangledVae(JointVae autoencoder, List<Guess> tasks, ClassMeans styles)
        implements LatentVariableModel {
    /** The latent of what makes the style. */
    public static final String STYLE = "style";

    /** The latent of all that is said. */
    public static final String CONTENT = "content";

    /** Copies the list. */
    public DisentangledVae {
        tasks = List.copyOf(tasks);
    }

    @Override
    public Signature signature() {
        return autoencoder.signature().taughtBy(List.of(WrittenFrom.LABEL));
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Draw draw = autoencoder.draw(read, scored, samples, pass);
        if (pass.training()) {
            styles.observe(draw.latents().get(0).centre(), read.get(WrittenFrom.LABEL));
        }
        Map<String, Tensor> penalties = new LinkedHashMap<>();
        for (Guess task : tasks) {
            penalties.put(
                    task.what() + "Task",
                    task.surprise(task.code(draw), read, pass).times(task.weight()));
        }
        return new Draw(draw.latents(), draw.reconstructions(), penalties);
    }

    @Override
    public Optional<Restyling> restyling() {
        return Optional.of((said, temperature, pass) -> Map.of(
                STYLE,
                styles.of(said.get(WrittenFrom.LABEL)),
                CONTENT,
                Objects.requireNonNull(encode(said, pass).get(CONTENT))));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return autoencoder.encode(read, pass);
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        return autoencoder.latents(count, conditions, temperature, pass);
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        return autoencoder.decode(latents, conditions, pass);
    }
}
