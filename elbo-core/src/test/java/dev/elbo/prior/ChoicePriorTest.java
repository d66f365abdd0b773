package dev.elbo.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.distribution.OneHotSequence;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.MaskedChoices;
import dev.elbo.nn.Pass;
import dev.elbo.posterior.NormalHead;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ChoicePriorTest {
    private static final int CHOICES = 3;
    private static final int CLASSES = 2;

    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    private final ChoicePrior prior =
            new ChoicePrior(CHOICES, CLASSES, Device.CPU, MaskedChoices.of(CHOICES, CLASSES, 7, initial));

    private OneHotSequence p() {
        return prior.given(Pass.deterministic());
    }

    /** Choice i of the number's binary digits, as a one-hot vector each. */
    private static Tensor vector(int number) {
        float[] values = new float[CHOICES * CLASSES];
        for (int i = 0; i < CHOICES; i++) {
            values[i * CLASSES + (number >> i & 1)] = 1;
        }
        return Tensor.of(values, values.length);
    }

    @Test
    void theMassesOfAllChoicesAddUpToOne() {
        double mass = 0;
        for (int number = 0; number < 8; number++) {
            mass += Math.exp(p().logProb(vector(number)).item());
        }

        assertThat(mass).isEqualTo(1, within(1e-6)); // of float32
    }

    @Test
    void aChoiceIsGivenThoseBeforeItAlone() {
        float[] some = prior.network().forward(vector(0), Pass.deterministic()).toFloats();
        float[] other = prior.network().forward(vector(2), Pass.deterministic()).toFloats(); // the second one differs

        for (int i = 0; i < 2 * CLASSES; i++) {
            assertThat(other[i]).isEqualTo(some[i]);
        }
        assertThat(other[2 * CLASSES]).isNotEqualTo(some[2 * CLASSES]);
    }

    @Test
    void samplesAreAsFrequentAsTheirMasses() {
        Tensor drawn = p().sample(4000, Rng.seeded(2, Device.CPU));
        double expected = Math.exp(p().logProb(vector(5)).item());

        double found = drawn.times(vector(5))
                .sum(-1)
                .equalTo(CHOICES)
                .to(drawn.dtype())
                .mean()
                .item();

        assertThat(found).isEqualTo(expected, within(0.03)); // four standard errors of 4,000 draws
    }

    @Test
    void sharesCountAsTheirLargest() {
        Tensor shares = Tensor.of(new float[] {0.6f, 0.4f, 0.1f, 0.9f, 0.7f, 0.3f}, 6);

        assertThat(p().logProb(shares).item()).isEqualTo(p().logProb(vector(2)).item());
    }

    @Test
    void itIsFittedToChoicesAlone() {
        PriorKind kind = PriorKind.parse("choices(8)");

        kind.requireCodesOf(new RelaxedChoices.Kind(2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.requireCodesOf(new NormalHead.Kind()))
                .withMessageStartingWith("choices(8) is no density of codes of posterior=normal; fit one of learned, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriorKind.parse("flow(4)").requireCodesOf(new RelaxedChoices.Kind(2, 3)))
                .withMessageEndingWith("fit one of choices(512)");
    }
}
