package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Laplace;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Reconstruction;
import dev.elbo.model.Signature;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.SpectrumCritic;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Waves are compared by their spectra. */
@ExtendWith(InAScope.class)
class WaveDistanceTest {
    private static final int FRAMES = 24;
    private static final int HOP = 4;

    /** Makes the wave itself, times a factor, and scores nothing but a log 2 for each number of the spectrum. */
    private record Echo(double factor) implements LatentVariableModel {
        @Override
        public Signature signature() {
            return new Signature(List.of("wave"), List.of("sound"), List.of());
        }

        @Override
        public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
            Tensor made = read.get("wave").times(factor).unsqueeze(0);
            Tensor sound = read.get("sound");
            Tensor each = Tensor.zeros(Device.CPU, 1, sound.size(0)).minus(Math.log(2) * sound.size(1) * sound.size(2));
            return new Draw(
                    List.of(), Map.of("wave", new Reconstruction(new Laplace(made, made.zerosLike(), 2), each)));
        }

        @Override
        public Map<String, Tensor> encode(Batch read, Pass pass) {
            return Map.of();
        }

        @Override
        public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
            return Map.of();
        }

        @Override
        public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
            return Map.of();
        }
    }

    private final Rng rng = Rng.seeded(3, Device.CPU);
    private final Batch batch = new Batch(
            Map.of(
                    "wave", rng.normal(Shape.of(2, FRAMES, HOP)).times(0.1),
                    "sound", rng.normal(Shape.of(2, FRAMES, 5))),
            Map.of("wave", Tensor.of(new long[] {24, 20}, 2), "sound", Tensor.of(new long[] {24, 20}, 2)),
            Map.of());

    private Loss loss(double factor, Optional<SpectrumCritic> critic) {
        WaveDistance distance = new WaveDistance(2, 16, List.of(8, 16), critic.map(each -> each));
        return distance.loss(new Echo(factor), batch, new Step(1, 1, 2, Device.CPU));
    }

    private static double term(Loss loss, String name) {
        return Objects.requireNonNull(loss.terms().get(name)).item();
    }

    @Test
    void aWaveIsNoDistanceFromItselfAndFromItsNegative() {
        assertThat(loss(1, Optional.empty()).total().item()).isEqualTo(0, within(2e-5)); // the floor under a root
        assertThat(loss(-1, Optional.empty()).total().item()).isEqualTo(0, within(2e-5));
    }

    @Test
    void aWaveThatIsTwiceAsLoudIsALogarithmOfTwoAway() {
        Loss loss = loss(2, Optional.empty());

        assertThat(term(loss, "magnitudes")).isEqualTo(Math.log(2), within(1e-4)); // 32-bit logarithms
        assertThat(term(loss, "convergence")).isBetween(0.99, 1.0); // but for the least norm
        assertThat(loss.total().item())
                .isEqualTo(term(loss, "magnitudes") + term(loss, "convergence") + 2 * term(loss, "mel"), within(1e-5));
    }

    @Test
    void aCriticLearnsBesideItAndItsLossIsNoPartOfWhatItJudges() {
        SpectrumCritic critic = SpectrumCritic.of(List.of(8, 16), List.of(3, 4), new Initializer(rng, Device.CPU));

        Loss loss = loss(1, Optional.of(critic));
        loss.total().backward();

        assertThat(term(loss, "loss") + term(loss, "criticLoss"))
                .isEqualTo(loss.total().item(), within(1e-5));
        assertThat(critic.parameters().values())
                .allSatisfy(parameter -> assertThat(parameter.hasGradient()).isTrue());
        assertThat(critic.forward(rng.normal(Shape.of(2, 96)), Pass.deterministic())
                        .shape())
                .isEqualTo(Shape.of(2, 1));
    }
}
