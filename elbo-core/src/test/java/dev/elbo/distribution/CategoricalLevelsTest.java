package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CategoricalLevelsTest extends DistributionContract {
    private static final int LEVELS = 5;

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape.append(LEVELS), 0, 1.5, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new CategoricalLevels(parameters[0], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(0, 1, LEVELS);
    }

    @Override
    protected double spacing() {
        return 1;
    }

    @Test
    void aNumberBetweenTwoLevelsIsTakenForTheNearer() {
        CategoricalLevels p = new CategoricalLevels(floats(0, Math.log(2), Math.log(5)), 0); // 0, 1/2 and 1
        double[] numbers = {0, 0.24, 0.26, 0.5, 0.74, 0.76, 1};
        double[] masses = {1, 1, 2, 2, 2, 5, 5};
        for (int i = 0; i < numbers.length; i++) {
            double mass = p.logProb(floats(numbers[i]).squeeze(0)).exp().item();
            assertThat(mass).isCloseTo(masses[i] / 8, within(Rounding.ofFormula(DType.FLOAT32, 1)));
        }
    }

    @Test
    void eachOf256LevelsOfAPixelIsFoundAgain() {
        Tensor logits = Tensor.arange(256, Device.CPU).to(DType.FLOAT32);
        for (int level = 0; level < 256; level++) {
            double step = new CategoricalLevels(logits, 0)
                    .logProb(floats((float) level / 255f).squeeze(0))
                    .item();
            double all = 255 + Math.log(1 / (1 - Math.exp(-1)));
            assertThat(step).isCloseTo(level - all, within(1e-3)); // a level off would be 1
        }
    }
}
