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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The idea of variational inference in one dimension. z ~ N(0, 1) and x|z ~ N(z², 0.5²): from x = 1.5 one cannot tell the sign of
 * z, so the posterior has two peaks. A normal q climbs the ELBO; what is left to log p(x) is KL(q ‖ p(z|x)), computed by itself.
 */
public final class FittingQ implements Experiment {
    private static final double X = 1.5;
    private static final double NOISE = 0.5;
    private static final NormalFit ELBO = new NormalFit(FittingQ::logJoint, FittingQ::slope);

    @Override
    public String name() {
        return "fitting-q";
    }

    @Override
    public Finding run(Effort effort) {
        int steps = effort.of(200, 20);
        double evidence = logEvidence();
        List<Normal> right = ELBO.path(new Normal(0.5, 0.6), steps);
        List<Normal> left = ELBO.path(new Normal(-0.5, 0.6), steps);
        double[] bounds = right.stream().mapToDouble(ELBO::bound).toArray();
        double[] at = IntStream.rangeClosed(0, steps).asDoubleStream().toArray();
        Normal q = right.get(steps);
        Sheet sheet = Sheet.of(
                Words.of(
                        "A normal q moves from the middle to one of the two peaks of the posterior while the ELBO rises; the"
                                + " distance that is left to the evidence is the divergence from q to the posterior.",
                        "高斯分布 q 从中间移到后验两个峰中的一个，同时 ELBO 上升；与对数证据之间剩下的距离就是 q 到后验的 KL 散度。"),
                posterior(evidence, right, left),
                Chart.titled(Words.of("The bound rises to below log p(x)", "下界上升，但仍低于 log p(x)"))
                        .x(Words.of("steps", "步数"))
                        .y(Words.of("nats", "奈特"))
                        .yFrom(bounds[0] - 0.1, evidence + 0.25)
                        .band(
                                Ink.ORANGE,
                                at,
                                bounds,
                                IntStream.range(0, at.length)
                                        .mapToDouble(i -> evidence)
                                        .toArray())
                        .line(Words.same("ELBO"), Ink.BLUE, at, bounds)
                        .horizontal(Words.same("log p(x)"), Ink.CRIMSON, evidence)
                        .note(
                                Words.of("the gap is KL(q ‖ p(z|x))", "间隔 = KL(q ‖ p(z|x))"),
                                Ink.ORANGE,
                                0.3 * steps,
                                evidence - 0.45));
        return new Finding(
                sheet,
                Map.of(
                        "evidence", evidence,
                        "first", bounds[0],
                        "bound", bounds[steps],
                        "gap", evidence - bounds[steps],
                        "divergence", divergence(q, evidence),
                        "apart", Math.abs(evidence - bounds[steps] - divergence(q, evidence)),
                        "mean", q.mean(),
                        "deviation", q.deviation(),
                        "halves", Math.log(2)));
    }

    private static Chart posterior(double evidence, List<Normal> right, List<Normal> left) {
        int last = right.size() - 1;
        double[] z = Numbers.range(-2.6, 2.6, 200);
        return Chart.titled(Words.of("q climbs onto one of two peaks", "q 爬上两个峰中的一个"))
                .x(Words.same("z"))
                .y(Words.of("density", "密度"))
                .yFromZero()
                .line(
                        Words.of("posterior p(z|x)", "后验 p(z|x)"),
                        Ink.CRIMSON,
                        z,
                        Arrays.stream(z)
                                .map(value -> Math.exp(logJoint(value) - evidence))
                                .toArray())
                .curve(Words.of("q at first", "初始 q"), Ink.SLATE, -2.6, 2.6, right.get(0)::density)
                .curve(Words.of("after 10 steps", "10 步后"), Ink.CYAN, -2.6, 2.6, right.get(10)::density)
                .curve(Words.of("at last", "最终"), Ink.BLUE, -2.6, 2.6, right.get(last)::density)
                .curve(Words.of("from the other side", "从另一侧出发"), Ink.PURPLE, -2.6, 2.6, left.get(last)::density);
    }

    /** log p(z, x) = log p(z) + log p(x|z). */
    private static double logJoint(double z) {
        return Normal.STANDARD.logDensity(z) + new Normal(z * z, NOISE).logDensity(X);
    }

    /** Its derivative by z. */
    private static double slope(double z) {
        return -z + 2 * z * (X - z * z) / (NOISE * NOISE);
    }

    /** log p(x) = log ∫ p(z) p(x|z) dz: in one dimension a sum will do. */
    private static double logEvidence() {
        return Math.log(Normal.STANDARD.expectation(z -> new Normal(z * z, NOISE).density(X)));
    }

    /** KL(q ‖ p(z|x)) = E_q[log q(z) − log p(z|x)], with the posterior normalised by the evidence. */
    private static double divergence(Normal q, double logEvidence) {
        return q.expectation(z -> q.logDensity(z) - (logJoint(z) - logEvidence));
    }
}
