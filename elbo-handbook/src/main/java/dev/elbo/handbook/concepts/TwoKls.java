package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Table;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Normal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Forward and reverse divergence: the normal q that makes KL(p ‖ q) least, and one that makes KL(q ‖ p) least, for a mixture p of
 * two normals. The first has p's mean and variance; the second is found by climbing E_q[log p] + H(q), and takes to one component
 * as soon as they are apart.
 */
public final class TwoKls implements Experiment {
    private static final double WEIGHT = 0.6;
    private static final double NEAR = 1.5;
    private static final double FAR = 4;
    private static final int STEPS = 400;

    @Override
    public String name() {
        return "two-kls";
    }

    /** WEIGHT N(−d/2, 0.7²) + (1 − WEIGHT) N(d/2, 0.7²). */
    private record Mixture(Normal left, Normal right) {
        static Mixture apart(double d) {
            return new Mixture(new Normal(-d / 2, 0.7), new Normal(d / 2, 0.7));
        }

        double density(double z) {
            return WEIGHT * left.density(z) + (1 - WEIGHT) * right.density(z);
        }

        double logDensity(double z) {
            double a = Math.log(WEIGHT) + left.logDensity(z);
            double b = Math.log(1 - WEIGHT) + right.logDensity(z);
            return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
        }

        double slope(double z) {
            double share = Math.exp(Math.log(WEIGHT) + left.logDensity(z) - logDensity(z));
            return (share * (left.mean() - z) + (1 - share) * (right.mean() - z))
                    / (left.deviation() * left.deviation());
        }

        double expectation(DoubleUnaryOperator f) {
            return WEIGHT * left.expectation(f) + (1 - WEIGHT) * right.expectation(f);
        }
    }

    @Override
    public Finding run(Effort effort) {
        Mixture far = Mixture.apart(FAR);
        Normal forward = forward(far);
        Normal left = reverse(far, far.left());
        Normal right = reverse(far, far.right());
        double[] distances = Numbers.range(0, 5, effort.of(26, 4));
        double[][] table = {
            {divergence(far, forward), divergence(forward, far)},
            {divergence(far, left), divergence(left, far)},
            {divergence(far, right), divergence(right, far)}
        };
        Sheet sheet = Sheet.of(
                Words.of(
                        "Normals fitted to a mixture of two: by the forward divergence one normal covers both components, by the"
                                + " reverse one it takes to one of them; while the components are near both fits are alike.",
                        "用高斯分布拟合两个分量的混合：前向 KL 得到覆盖两个分量的宽分布，反向 KL 只选中其中一个；两个分量靠近时两种拟合相近。"),
                fits(Words.of("Components near each other", "分量靠近"), NEAR),
                fits(Words.of("Components far apart", "分量分开"), FAR),
                Chart.titled(Words.of("How wide the fits are", "拟合的宽度"))
                        .x(Words.of("distance of the components", "两个分量的距离"))
                        .y(Words.of("standard deviation of q", "q 的标准差"))
                        .yFromZero()
                        .line(Words.of("forward", "前向"), Ink.GREEN, distances, widths(distances, TwoKls::forward))
                        .line(
                                Words.of("reverse", "反向"),
                                Ink.BLUE,
                                distances,
                                widths(distances, p -> reverse(p, p.left())))
                        .curve(Words.of("of a component", "单个分量"), Ink.SLATE, 0, 5, d -> 0.7),
                Table.titled(
                        Words.of("Both divergences, far apart, in nats", "分开时的两种散度，单位：奈特"),
                        List.of(
                                Words.of("forward fit", "前向拟合"),
                                Words.of("reverse, left", "反向，左"),
                                Words.of("reverse, right", "反向，右")),
                        List.of(Words.same("KL(p ‖ q)"), Words.same("KL(q ‖ p)")),
                        table,
                        "%.2f",
                        Ink.ORANGE));
        return new Finding(
                sheet,
                Map.of(
                        "forwardOfForward", table[0][0],
                        "reverseOfForward", table[0][1],
                        "forwardOfLeft", table[1][0],
                        "reverseOfLeft", table[1][1],
                        "reverseOfRight", table[2][1],
                        "forwardDeviation", forward.deviation(),
                        "reverseDeviation", left.deviation(),
                        "leftWeightCost", -Math.log(WEIGHT),
                        "rightWeightCost", -Math.log(1 - WEIGHT)));
    }

    private static Chart fits(Words title, double apart) {
        Mixture p = Mixture.apart(apart);
        return Chart.titled(title)
                .x(Words.same("z"))
                .y(Words.of("density", "密度"))
                .yFromZero()
                .curve(Words.same("p"), Ink.CRIMSON, -5.5, 5.5, p::density)
                .curve(Words.of("forward", "前向"), Ink.GREEN, -5.5, 5.5, forward(p)::density)
                .curve(
                        Words.of("reverse, from the left", "反向，从左出发"),
                        Ink.BLUE,
                        -5.5,
                        5.5,
                        reverse(p, p.left())::density)
                .curve(Words.of("from the right", "从右出发"), Ink.PURPLE, -5.5, 5.5, reverse(p, p.right())::density);
    }

    private static double[] widths(double[] distances, Function<Mixture, Normal> fit) {
        return Arrays.stream(distances)
                .map(d -> fit.apply(Mixture.apart(d)).deviation())
                .toArray();
    }

    /** The least KL(p ‖ q): q has the mean and the variance of p. */
    private static Normal forward(Mixture p) {
        double mean = p.expectation(z -> z);
        double variance = p.expectation(z -> (z - mean) * (z - mean));
        return new Normal(mean, Math.sqrt(variance));
    }

    /** A least KL(q ‖ p) = −(E_q[log p] + H(q)), from a component as the start. */
    private static Normal reverse(Mixture p, Normal start) {
        return new NormalFit(p::logDensity, p::slope).fitted(start, STEPS);
    }

    /** KL(p ‖ q). */
    private static double divergence(Mixture p, Normal q) {
        return p.expectation(z -> p.logDensity(z) - q.logDensity(z));
    }

    /** KL(q ‖ p). */
    private static double divergence(Normal q, Mixture p) {
        return q.expectation(z -> q.logDensity(z) - p.logDensity(z));
    }
}
