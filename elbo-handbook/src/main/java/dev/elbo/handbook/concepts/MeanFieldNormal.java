package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Normal;
import java.util.Arrays;
import java.util.Map;

/**
 * Mean-field on a correlated normal p of two numbers, with variances 1 and correlation ρ: coordinate ascent (CAVI) with its closed
 * updates, Bishop (2006), section 10.1.2. The means come out right; the variances are 1 − ρ² in the place of 1.
 */
public final class MeanFieldNormal implements Experiment {
    private static final double RHO = 0.9;
    private static final double START = 2.2;
    private static final double EDGE = 3.2;

    @Override
    public String name() {
        return "mean-field-normal";
    }

    /** The factors q(z₁) and q(z₂). */
    private record Factors(Normal first, Normal second) {}

    @Override
    public Finding run(Effort effort) {
        int sweeps = effort.of(40, 4);
        double deviation = Math.sqrt(1 - RHO * RHO);
        Factors q = new Factors(new Normal(START, deviation), new Normal(-START, deviation));
        double[] x = new double[2 * sweeps + 1];
        double[] y = new double[2 * sweeps + 1];
        x[0] = q.first().mean();
        y[0] = q.second().mean();
        for (int i = 0; i < sweeps; i++) {
            Normal first = update(q.second(), RHO);
            q = new Factors(first, update(first, RHO));
            x[2 * i + 1] = first.mean();
            y[2 * i + 1] = y[2 * i];
            x[2 * i + 2] = first.mean();
            y[2 * i + 2] = q.second().mean();
        }
        Factors fitted = q;
        double[] grid = Numbers.range(-EDGE, EDGE, effort.of(71, 21));
        double[] rho = Numbers.range(0, 0.99, effort.of(100, 10));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Contours of a correlated normal with the round mean-field fit inside, and the zigzag of its means; the"
                                + " marginal that the fit makes too narrow; and variance and gap over the correlation.",
                        "相关高斯分布的等高线与其内部圆形的平均场拟合，以及均值的折线路径；拟合得过窄的边际分布；方差与间隔随相关系数的变化。"),
                Chart.titled(Words.of("Coordinate ascent, ρ = 0.9", "坐标上升，ρ = 0.9"))
                        .x(Words.same("z₁"))
                        .y(Words.same("z₂"))
                        .xFrom(-EDGE, EDGE)
                        .yFrom(-EDGE, EDGE)
                        .contours(
                                Words.same("p"),
                                Ink.CRIMSON,
                                grid,
                                grid,
                                Numbers.table(grid, grid, MeanFieldNormal::density),
                                levels(deviation))
                        .contours(
                                Words.same("q"),
                                Ink.BLUE,
                                grid,
                                grid,
                                Numbers.table(
                                        grid,
                                        grid,
                                        (a, b) -> fitted.first().density(a)
                                                * fitted.second().density(b)),
                                levels(deviation * deviation))
                        .line(Words.of("means, update by update", "逐次更新的均值"), Ink.ORANGE, x, y)
                        .dots(Words.same(""), Ink.ORANGE, 2.5, x, y),
                Chart.titled(Words.of("The marginal of z₁", "z₁ 的边际分布"))
                        .x(Words.same("z₁"))
                        .y(Words.of("density", "密度"))
                        .yFromZero()
                        .curve(Words.of("exact", "精确"), Ink.CRIMSON, -EDGE, EDGE, Normal.STANDARD::density)
                        .curve(
                                Words.of("mean-field q(z₁)", "平均场 q(z₁)"),
                                Ink.BLUE,
                                -EDGE,
                                EDGE,
                                fitted.first()::density),
                Chart.titled(Words.of("Variance that is left", "剩下的方差"))
                        .x(Words.of("correlation ρ", "相关系数 ρ"))
                        .y(Words.of("variance of z₁", "z₁ 的方差"))
                        .yFromZero()
                        .line(Words.of("exact", "精确"), Ink.CRIMSON, rho, ones(rho))
                        .line(Words.of("mean-field, 1 − ρ²", "平均场，1 − ρ²"), Ink.BLUE, rho, variances(rho)),
                Chart.titled(Words.of("What independence costs", "独立假设的代价"))
                        .x(Words.of("correlation ρ", "相关系数 ρ"))
                        .y(Words.of("KL(q ‖ p), nats", "KL(q ‖ p)，奈特"))
                        .yFromZero()
                        .line(Words.of("−½ log(1 − ρ²)", "−½ log(1 − ρ²)"), Ink.ORANGE, rho, gaps(rho)));
        return new Finding(
                sheet,
                Map.of(
                        "rho",
                        RHO,
                        "variance",
                        fitted.first().deviation() * fitted.first().deviation(),
                        "deviation",
                        fitted.first().deviation(),
                        "mean",
                        Math.abs(fitted.first().mean()),
                        "gap",
                        gap(RHO),
                        "perSweep",
                        RHO * RHO));
    }

    /**
     * The best factor given the other one: log q(z₁) = E[log p(z₁, z₂)] over q(z₂) + constant, which is a normal with mean ρ E[z₂]
     * and variance 1 − ρ².
     */
    private static Normal update(Normal other, double rho) {
        return new Normal(rho * other.mean(), Math.sqrt(1 - rho * rho));
    }

    /** KL(q ‖ p) = −½ log(1 − ρ²) at the best q. */
    private static double gap(double rho) {
        return -0.5 * Math.log1p(-rho * rho);
    }

    private static double density(double a, double b) {
        double rest = 1 - RHO * RHO;
        return Math.exp(-(a * a - 2 * RHO * a * b + b * b) / (2 * rest)) / (2 * Math.PI * Math.sqrt(rest));
    }

    /** The density at one and at two deviations from the centre, of a normal with this root of its determinant. */
    private static double[] levels(double volume) {
        return new double[] {Math.exp(-0.5) / (2 * Math.PI * volume), Math.exp(-2) / (2 * Math.PI * volume)};
    }

    private static double[] ones(double[] rho) {
        return Arrays.stream(rho).map(r -> 1).toArray();
    }

    private static double[] variances(double[] rho) {
        return Arrays.stream(rho).map(r -> 1 - r * r).toArray();
    }

    private static double[] gaps(double[] rho) {
        return Arrays.stream(rho).map(MeanFieldNormal::gap).toArray();
    }
}
