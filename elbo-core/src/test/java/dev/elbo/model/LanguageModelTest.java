package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class LanguageModelTest {
    private static final int V = 7;

    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Pass pass = Pass.evaluation(rng);
    private final LanguageModel model = LanguageModel.of(
            SentenceLikelihood.of(V, 3, 4, 1, 0, 5, new Initializer(rng, Device.CPU)), "text", Device.CPU);

    private Draw draw(int samples, Tensor x) {
        Batch batch = new Batch(Map.of("text", x));
        return model.draw(batch, batch, samples, pass);
    }

    @Test
    void aDrawHasNoLatentAndNoRateWhateverTheNumberOfSamples() {
        Tensor x = Tensor.of(new long[] {4, 5, 3, 6, 3, 0}, 2, 3);
        Draw draw = draw(8, x);

        assertThat(draw.latents()).isEmpty();
        assertThat(draw.logLikelihood().shape()).isEqualTo(Shape.of(1, 2));
        assertThat(draw.logEvidence().toHost().toFloats())
                .containsExactly(draw.logLikelihood().toHost().toFloats());
        assertThat(model.encode(new Batch(Map.of("text", x)), pass)).isEmpty();
        assertThat(model.latents(3, new Batch(Map.of()), 1, pass)).isEmpty();
    }

    @Test
    void whatIsWrittenGreedilyIsLikeliestByWhatIsScored() {
        Written p = (Written) Objects.requireNonNull(
                model.decode(Map.of(), new Batch(Map.of()), pass).get("text"));
        Tensor written = p.write(1, Writing.greedy(), rng);
        long first = written.toHost().toLongs()[0];
        double greedy =
                draw(1, Tensor.of(new long[] {first}, 1, 1)).logLikelihood().item();

        for (long token = 3; token < V; token++) {
            // the same numbers, one step and a sequence at a time
            assertThat(draw(1, Tensor.of(new long[] {token}, 1, 1))
                            .logLikelihood()
                            .item())
                    .isLessThanOrEqualTo(greedy + 1e-6);
        }
        assertThat(p.write(2, Writing.greedy(), rng).get(0, 1).toHost().toLongs())
                .containsExactly(written.toHost().toLongs());
    }
}
