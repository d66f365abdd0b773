package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.Gamma;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The gradient of a sample without a formula for the sample: dz/dα = −(∂F/∂α) / p, F the distribution function and p its density.
 * Figurnov et al. (2018), eq. 6. For Gamma(α, 1): Elbo's gradients at its own samples, and differences of F by the trapezium rule.
 */
public final class ImplicitGradient implements Experiment {
    private static final double ALPHA = 2;
    private static final double LARGER = 3;
    private static final double STEP = 1e-3;
    private static final double FIRST = 1e-6;

    @Override
    public String name() {
        return "implicit-gradient";
    }

    @Override
    public Finding run(Effort effort) {
        int count = effort.of(300, 20);
        int cells = effort.of(4000, 1000);
        double[][] drawn = drawn(count);
        double apart = 0;
        for (int i = 0; i < count; i++) {
            apart = Math.max(apart, Math.abs(drawn[1][i] - slope(drawn[0][i], cells)));
        }
        Chart slopes = Chart.titled(Words.of("How a sample moves with α", "样本怎样随 α 移动"))
                .x(Words.of("sample z of Gamma(2, 1)", "Gamma(2, 1) 的样本 z"))
                .y(Words.same("dz / dα"))
                .curve(Words.same("−(∂F/∂α) / p"), Ink.ORANGE, 0.05, 10, z -> slope(z, cells))
                .dots(Words.of("Elbo's gradient of a sample", "Elbo 给出的样本梯度"), Ink.BLUE, 3, drawn[0], drawn[1]);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left: two distribution functions of Gamma, and arrows that lead at equal height from one to the other."
                                + " Right: the gradient of samples for α, Elbo's on the curve of the formula.",
                        "左图：两条 Gamma 分布函数，等高的箭头从一条指向另一条。右图：样本对 α 的梯度，Elbo 的结果落在公式曲线上。"),
                functions(cells),
                slopes);
        return new Finding(sheet.sized(380, 300), Map.of("apart", apart, "samples", (double) count));
    }

    private static Chart functions(int cells) {
        Chart chart = Chart.titled(Words.of("The same u for both", "两者的 u 相同"))
                .x(Words.same("z"))
                .y(Words.of("distribution function F(z; α) = u", "分布函数 F(z; α) = u"))
                .xFrom(0, 8)
                .yFrom(0, 1)
                .curve(Words.same("α = 2"), Ink.BLUE, FIRST, 8, z -> below(z, ALPHA, cells))
                .curve(Words.same("α = 3"), Ink.ORANGE, FIRST, 8, z -> below(z, LARGER, cells));
        for (double u : new double[] {0.2, 0.4, 0.6, 0.8}) {
            chart.arrow(Ink.GREEN, quantile(u, ALPHA, cells), u, quantile(u, LARGER, cells), u);
        }
        return chart;
    }

    /** Samples, and the gradient of each for the α that it was drawn with: [2][count]. */
    private static double[][] drawn(int count) {
        try (Scope scope = Scope.open("draws")) {
            Tensor alpha = Tensor.zeros(Device.CPU, count).fill(ALPHA).requireGradient();
            Gamma gamma = new Gamma(alpha, alpha.detach().zerosLike().fill(1), 0);
            Tensor z = gamma.rsample(1, Rng.seeded(1, Device.CPU)).value(); // [1, count]
            z.sum().backward();
            return new double[][] {
                z.detach().toHost().toDoubles(), alpha.gradient().toHost().toDoubles()
            };
        }
    }

    /** −(∂F/∂α) / p. */
    private static double slope(double z, int cells) {
        double change = (below(z, ALPHA + STEP, cells) - below(z, ALPHA - STEP, cells)) / (2 * STEP);
        return -change / density(z, ALPHA);
    }

    /** F(z; α) for α of 2 or 3, and near to them, over a grid whose points crowd at 0. */
    private static double below(double z, double alpha, int cells) {
        double sum = 0;
        double[] grid = Numbers.range(0, 1, cells + 1);
        for (int i = 0; i < cells; i++) {
            double middle = (grid[i] + grid[i + 1]) / 2;
            sum += density(z * middle * middle, alpha) * 2 * z * middle / cells;
        }
        return sum;
    }

    private static double quantile(double u, double alpha, int cells) {
        double low = 0;
        double high = 40;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (below(middle, alpha, cells) < u) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double density(double z, double alpha) {
        return Math.exp((alpha - 1) * Math.log(z) - z - logGamma(alpha));
    }

    /** Stirling's series after a shift by 10: right to some 10⁻¹³. */
    private static double logGamma(double alpha) {
        double shifted = alpha + 10;
        double product = 1;
        for (int i = 0; i < 10; i++) {
            product *= alpha + i;
        }
        double series = 1 / (12 * shifted) - 1 / (360 * Math.pow(shifted, 3)) + 1 / (1260 * Math.pow(shifted, 5));
        return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
    }
}
