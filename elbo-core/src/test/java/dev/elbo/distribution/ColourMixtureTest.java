package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ColourMixtureTest {
    private static final int LEVELS = 256;

    /** Two components of one pixel. */
    private static final double[] LOGITS = {0.3, -0.4};

    /** Red, green and blue of the first component, then of the second. */
    private static final double[][] LOC = {{0.4, 0.5, 0.7}, {0.6, 0.3, 0.45}};

    private static final double[][] LOG_SCALE = {{-3, -3.5, -2.5}, {-2, -4, -3}};
    private static final double[][] COEFFICIENTS = {{0.8, -0.5, 0.6}, {-0.3, 0.2, 0.9}};

    private static Tensor tensor(double[] values, long... shape) {
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }

    /** [3, 1, 1, 2] of what is listed by component. */
    private static Tensor byColour(double[][] values) {
        double[] turned = new double[6];
        for (int colour = 0; colour < 3; colour++) {
            turned[2 * colour] = values[0][colour];
            turned[2 * colour + 1] = values[1][colour];
        }
        return tensor(turned, 3, 1, 1, 2);
    }

    private static ColourMixture mixture() {
        return new ColourMixture(tensor(LOGITS, 1, 1, 2), byColour(LOC), byColour(LOG_SCALE), byColour(COEFFICIENTS));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The mass of a level, as a difference of two distribution functions. */
    private static double mass(int level, double loc, double logScale) {
        double upper = level == LEVELS - 1 ? 1 : sigmoid(((level + 0.5) / 255 - loc) / Math.exp(logScale));
        double lower = level == 0 ? 0 : sigmoid(((level - 0.5) / 255 - loc) / Math.exp(logScale));
        return upper - lower;
    }

    /** The probability of red and green, and of blue too if it is a level. */
    private static double probability(int red, int green, int blue) {
        double sum = 0;
        double all = Math.exp(LOGITS[0]) + Math.exp(LOGITS[1]);
        for (int m = 0; m < 2; m++) {
            double r = red / 255.0 - 0.5;
            double g = green / 255.0 - 0.5;
            double p = Math.exp(LOGITS[m]) / all * mass(red, LOC[m][0], LOG_SCALE[m][0]);
            p *= mass(green, LOC[m][1] + COEFFICIENTS[m][0] * r, LOG_SCALE[m][1]);
            double blueAt = LOC[m][2] + COEFFICIENTS[m][1] * r + COEFFICIENTS[m][2] * g;
            sum += blue < 0 ? p : p * mass(blue, blueAt, LOG_SCALE[m][2]);
        }
        return sum;
    }

    private static Tensor pixel(int red, int green, int blue) {
        return tensor(new double[] {red / 255.0, green / 255.0, blue / 255.0}, 3, 1, 1);
    }

    @Test
    void theProbabilityOfAColourIsThatOfDifferencesOfDistributionFunctions() {
        int[][] colours = {{0, 0, 0}, {255, 255, 255}, {100, 90, 180}, {150, 60, 0}, {102, 127, 178}};
        for (int[] colour : colours) {
            double logProb =
                    mixture().logProb(pixel(colour[0], colour[1], colour[2])).item();
            assertThat(logProb).isCloseTo(Math.log(probability(colour[0], colour[1], colour[2])), within(1e-6));
        }
    }

    @Test
    void overAllBluesTheMassIsThatOfRedAndGreen() {
        double sum = 0;
        for (int blue = 0; blue < LEVELS; blue++) {
            sum += mixture().logProb(pixel(120, 100, blue)).exp().item();
        }
        double both = probability(120, 100, -1);
        assertThat(sum / both).isCloseTo(1, within(1e-9));
    }

    /** Σ over red and green of what the test above sums over blue. */
    @Test
    void overAllRedsAndGreensTheMassIsOne() {
        double sum = 0;
        for (int red = 0; red < LEVELS; red++) {
            for (int green = 0; green < LEVELS; green++) {
                sum += probability(red, green, -1);
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void withoutCoefficientsAndWithOneComponentColoursAreIndependent() {
        Rng rng = Rng.seeded(1, Device.CPU);
        Shape colours = Shape.of(2, 3, 4, 5, 1);
        Tensor loc = rng.uniform(colours);
        Tensor logScale = rng.normal(colours).minus(3);
        ColourMixture apart = new ColourMixture(Tensor.zeros(Device.CPU, 2, 4, 5, 1), loc, logScale, loc.zerosLike());
        DiscretisedLogisticMixture each = new DiscretisedLogisticMixture(loc.zerosLike(), loc, logScale, 3);
        Tensor images = rng.uniform(Shape.of(7, 2, 3, 4, 5)).times(255).round().over(255);
        double difference =
                apart.logProb(images).minus(each.logProb(images)).abs().max().item();
        assertThat(difference).isLessThan(1e-3); // FLOAT32 sums of 60 terms of some nats, in another order
        assertThat(apart.centre().minus(each.centre()).abs().max().item()).isLessThan(1e-6);
    }

    @Test
    void theMeanOfSamplesIsTheCentreAndTheyAreLevels() {
        Tensor samples = mixture().sample(20_000, Rng.seeded(2, Device.CPU));
        assertThat(samples.shape()).isEqualTo(Shape.of(20_000, 3, 1, 1));
        Tensor centre = mixture().centre();
        for (int colour = 0; colour < 3; colour++) {
            Estimate mean =
                    Estimate.of(samples.get(1, colour).reshape(-1).toHost().toDoubles());
            // what lies beyond the ends is cut off: of the widest scale some 2 % of draws, by less than a tenth
            assertThat(mean.mean()).isCloseTo(centre.get(0, colour).item(), within(mean.margin() + 0.002));
        }
        Tensor levels = samples.times(255);
        assertThat(levels.minus(levels.round()).abs().max().item()).isLessThan(1e-9);
    }

    @Test
    void greenFollowsRedByItsCoefficient() {
        Tensor narrow = tensor(new double[] {-2.5, -8, -8}, 3, 1, 1, 1);
        Tensor coefficients = tensor(new double[] {0.8, 0.3, -0.6}, 3, 1, 1, 1);
        ColourMixture p = new ColourMixture(
                Tensor.zeros(DType.FLOAT64, Device.CPU, Shape.of(1, 1, 1)),
                narrow.zerosLike().plus(0.5),
                narrow,
                coefficients);
        Tensor samples = p.sample(500, Rng.seeded(2, Device.CPU));
        Tensor red = samples.get(1, 0).minus(0.5);
        Tensor green = samples.get(1, 1).minus(0.5);
        Tensor blue = samples.get(1, 2).minus(0.5);
        double level = 1.5 / 255; // rounding to levels, and a scale of a tenth of one
        assertThat(green.minus(red.times(0.8)).abs().mean().item()).isLessThan(level);
        assertThat(blue.minus(red.times(0.3))
                        .plus(green.times(0.6))
                        .abs()
                        .mean()
                        .item())
                .isLessThan(level);
    }

    @Test
    void gradientsOfTheDensityAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(
                new Tensor[] {tensor(LOGITS, 1, 1, 2), byColour(LOC), byColour(LOG_SCALE), byColour(COEFFICIENTS)});
        Tensor image = pixel(110, 100, 170);
        GradientCheck.compare(
                () -> new ColourMixture(parameters[0], parameters[1], parameters[2], parameters[3]).logProb(image),
                parameters);
    }
}
