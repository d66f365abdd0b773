package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On events of 2 × 2 elements of 3 classes, of which there are 81. */
@ExtendWith(InAScope.class)
class AutoregressiveTest {
    private static final int CLASSES = 3;
    private static final int LENGTH = 4;
    private static final int EVENTS = 81;
    private static final Shape EVENT = Shape.of(2, 2);

    /** An element's logits depend on its place, on the one before it, and on whether a class has occurred. */
    private record Sticky(Tensor places, Tensor after, double novelty) implements Successor {
        static Sticky example() {
            Rng rng = Rng.seeded(1, Device.CPU);
            return new Sticky(rng.normal(Shape.of(LENGTH, CLASSES)), rng.normal(Shape.of(CLASSES, CLASSES)), 0.8);
        }

        @Override
        public Tensor logits(Tensor values) {
            List<Tensor> logits = new ArrayList<>();
            for (long t = 0; t < values.size(-1); t++) {
                logits.add(next(values.narrow(-1, 0, t)));
            }
            return Tensor.stack(-2, logits.toArray(Tensor[]::new));
        }

        @Override
        public Tensor next(Tensor beginning) {
            long t = beginning.size(-1);
            Tensor logits =
                    places.get(0, t).expand(beginning.shape().dropLast(1).append(CLASSES));
            if (t == 0) {
                return logits;
            }
            Tensor before = beginning.get(-1, t - 1).oneHot(CLASSES).matmul(after);
            Tensor seen = beginning.oneHot(CLASSES).sum(-2).greaterThan(0).to(DType.FLOAT32);
            return logits.plus(before).minus(seen.times(novelty));
        }
    }

    private static Autoregressive example() {
        return new Autoregressive(Sticky.example(), Shape.of(), EVENT, Device.CPU);
    }

    /** All events, INT64 [81, 2, 2]. */
    private static Tensor all() {
        long[] values = new long[EVENTS * LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / LENGTH / Math.round(Math.pow(CLASSES, i % LENGTH)) % CLASSES;
        }
        return Tensor.of(values, EVENTS, 2, 2);
    }

    @Test
    void theProbabilitiesOfAllEventsSumToOne() {
        // 81 terms of FLOAT32
        assertThat(example().logProb(all()).exp().sum().item()).isCloseTo(1, within(1e-5));
    }

    @Test
    void theDensityIsTheProductOverElementsGivenThoseBefore() {
        Tensor value = Tensor.of(new long[] {2, 0, 0, 1}, 2, 2);
        double sum = 0;
        for (int t = 0; t < LENGTH; t++) {
            Tensor logits = Sticky.example().next(value.reshape(LENGTH).narrow(0, 0, t));
            sum += logits.logSoftmax(-1)
                    .toFloats()[(int) value.reshape(LENGTH).get(0, t).item()];
        }
        assertThat(example().logProb(value).item()).isCloseTo(sum, within(1e-5)); // four terms of FLOAT32
    }

    @Test
    void samplesAreAsFrequentAsTheyAreProbable() {
        int draws = 20_000;
        double[] probabilities = example().logProb(all()).exp().toHost().toDoubles();
        double[] frequencies = frequencies(example().sample(draws, Rng.seeded(2, Device.CPU)));
        double chiSquared = 0;
        for (int i = 0; i < EVENTS; i++) {
            double expected = draws * probabilities[i];
            chiSquared += Math.pow(draws * frequencies[i] - expected, 2) / expected;
        }
        // its mean is 80 and its deviation √160; 4 deviations
        assertThat(chiSquared).isBetween(80 - 4 * Math.sqrt(160), 80 + 4 * Math.sqrt(160));
    }

    private static double[] frequencies(Tensor samples) {
        long[] values = samples.toHost().toLongs();
        double[] frequencies = new double[EVENTS];
        for (int n = 0; n < values.length / LENGTH; n++) {
            int event = 0;
            for (int t = LENGTH - 1; t >= 0; t--) {
                event = event * CLASSES + (int) values[n * LENGTH + t];
            }
            frequencies[event] += (double) LENGTH / values.length;
        }
        return frequencies;
    }

    @Test
    void theCentreTakesTheLikeliestElementGivenThoseBefore() {
        Tensor centre = example().centre();
        assertThat(centre.shape()).isEqualTo(EVENT);
        Tensor sequence = centre.reshape(LENGTH);
        for (int t = 0; t < LENGTH; t++) {
            long likeliest = (long)
                    Sticky.example().next(sequence.narrow(0, 0, t)).argmax(-1).item();
            assertThat(sequence.get(0, t).item()).isEqualTo((double) likeliest);
        }
    }

    @Test
    void withoutTemperatureEverySampleIsTheCentre() {
        Tensor samples = example().sample(3, 0, Rng.seeded(1, Device.CPU));
        assertThat(samples.toHost())
                .isEqualTo(example().centre().expand(EVENT.prepend(3)).toHost());
    }

    @Test
    void coldSamplesAreLikelierThanWarmOnes() {
        double[] means = new double[3];
        double[] temperatures = {0.5, 1, 2};
        for (int i = 0; i < means.length; i++) {
            Tensor samples = example().sample(1000, temperatures[i], Rng.seeded(3, Device.CPU));
            means[i] = example().logProb(samples).mean().item();
        }
        assertThat(means[0]).isGreaterThan(means[1] + 0.1);
        assertThat(means[1]).isGreaterThan(means[2] + 0.1);
    }

    @Test
    void aSuccessorThatKnowsWholeSequencesAloneGivesTheSame() {
        Sticky sticky = Sticky.example();
        Successor whole = values -> sticky.logits(values); // by the default of next
        Tensor value = Tensor.of(new long[] {2, 0, 1}, 3);
        assertThat(whole.next(value).toHost())
                .isEqualTo(Sticky.example().next(value).toHost());
        assertThat(whole.next(value.narrow(0, 0, 0)).toHost())
                .isEqualTo(Sticky.example().next(value.narrow(0, 0, 0)).toHost());
    }

    @Test
    void shapesAreThoseOfSamplesBatchAndEvent() {
        Autoregressive several = new Autoregressive(Sticky.example(), Shape.of(5), EVENT, Device.CPU);
        Tensor samples = several.sample(7, Rng.seeded(1, Device.CPU));
        assertThat(samples.shape()).isEqualTo(Shape.of(7, 5, 2, 2));
        assertThat(several.centre().shape()).isEqualTo(Shape.of(5, 2, 2));
        assertThat(several.logProb(samples).shape()).isEqualTo(Shape.of(7, 5));
        assertThat(several.logProb(samples.get(0, 0).get(0, 0)).shape()).isEqualTo(Shape.of(5));
        assertThat(several.klTo(several)).isEmpty();
    }

    @Test
    void theSameNoiseGivesTheSameSamples() {
        assertThat(example().sample(50, Rng.seeded(2, Device.CPU)).toHost())
                .isEqualTo(example().sample(50, Rng.seeded(2, Device.CPU)).toHost())
                .isNotEqualTo(example().sample(50, Rng.seeded(3, Device.CPU)).toHost());
    }

    @Test
    void drawingKeepsNothingButTheSample() {
        Autoregressive distribution = example();
        Rng rng = Rng.seeded(1, Device.CPU);
        int before = Scope.current().size();
        distribution.sample(10, rng);
        assertThat(Scope.current().size()).isEqualTo(before + 1);
    }
}
