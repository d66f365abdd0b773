package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
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
class VqVaeTest {
    private static final long[] CODES = {0, 0, 1, 2, 0, 0, 1, 2};

    private final VqVae model = PixelCodes.model();
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Batch batch = new Examples(
                    PixelCodes.data(3).train(), PixelCodes.data(3).spec(), Pixels.PROBABILITIES, 1, Device.CPU)
            .range(0, 3, rng);

    @Test
    void everyPlaceHasItsNearestCode() {
        Tensor codes = codes(model.encode(batch, Pass.deterministic()));
        assertThat(codes.shape()).isEqualTo(Shape.of(3, 2, 4));
        assertThat(codes.get(0, 1).toHost().toLongs()).containsExactly(CODES);
    }

    private static Tensor codes(Map<String, Tensor> latents) {
        return Objects.requireNonNull(latents.get(VqVae.CODES));
    }

    @Test
    void whatIsDecodedIsMadeOfTheCodesVectors() {
        Tensor codes = Tensor.of(CODES, 1, 2, 4);
        Tensor mean = Objects.requireNonNull(model.decode(Map.of(VqVae.CODES, codes), batch, Pass.deterministic())
                        .get("image"))
                .centre();
        Tensor logits = Tensor.of(new float[] {0, 0, 0.5f, 1, 0, 0, 0.5f, 1}, 1, 1, 2, 4);
        assertThat(mean.toHost()).isEqualTo(logits.sigmoid().toHost());
    }

    @Test
    void theRateIsWhatThePriorSaysOfTheCodes() {
        Draw draw = model.draw(batch, 5, Pass.evaluation(rng));
        Latent codes = draw.latents().get(0);
        assertThat(draw.isCertain()).isTrue();
        assertThat(codes.value().shape()).isEqualTo(Shape.of(1, 3, 2, 4));
        assertThat(codes.logPosterior().toFloats()).containsOnly(0);
        float[] rate = draw.kl().toFloats();
        assertThat(codes.logPrior().negate().toFloats()).containsExactly(rate);
        assertThat(draw.logEvidence().toHost())
                .isEqualTo(draw.logLikelihood().minus(draw.kl()).get(0, 0).toHost());
    }

    /** 127/255 is 0.5/255 from ½; a map has two such pixels. */
    @Test
    void commitmentIsTheSquaredDistanceOverAMap() {
        Tensor commitment = Objects.requireNonNull(
                model.draw(batch, 1, Pass.evaluation(rng)).penalties().get(VqVae.COMMITMENT));
        assertThat(commitment.shape()).isEqualTo(Shape.of());
        assertThat(commitment.item()).isCloseTo(2 * Math.pow(0.5 / 255, 2), within(1e-9));
    }

    @Test
    void theSignatureSaysHowManyCodesThereAre() {
        Variable codes = model.signature().latent(VqVae.CODES);
        assertThat(codes).isEqualTo(new Variable("codes", Shape.of(2, 4), Variable.Kind.CODES, 4));
    }
}
