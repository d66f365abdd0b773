package dev.elbo.handbook.mathematics;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The three forms of the bound are one number: computed three ways for the model z ~ N(0, 1), x|z ~ N(a z, s²), in which the
 * evidence and the exact posterior are known, and for posteriors N(m, v) of which all but one are wrong.
 */
public final class ThreeElbos implements Experiment {
    private static final double A = 1.5;
    private static final double S2 = 0.5;
    private static final double X = 1.2;
    private static final double V = 0.3;

    @Override
    public String name() {
        return "three-elbos";
    }

    @Override
    public Finding run(Effort effort) {
        double[] means = Numbers.range(-0.5, 2, effort.of(101, 11));
        double[] joint = at(means, ThreeElbos::jointAndEntropy);
        double[] evidence = at(means, ThreeElbos::evidenceLessGap);
        double[] parts = at(means, ThreeElbos::reconstructionLessRate);
        double apart = 0;
        for (int i = 0; i < means.length; i++) {
            apart = Math.max(apart, Math.abs(joint[i] - evidence[i]));
            apart = Math.max(apart, Math.abs(joint[i] - parts[i]));
        }
        double best = Arrays.stream(joint).max().orElseThrow();
        Chart chart = Chart.titled(Words.of("One bound, computed three ways", "同一个下界，三种算法"))
                .x(Words.of("mean m of q(z)", "q(z) 的均值 m"))
                .y(Words.of("nats", "奈特"))
                .line(Words.same("E[log p(x, z)] + H(q)"), Ink.BLUE, means, joint)
                .dots(Words.same("log p(x) − KL(q ‖ p(z|x))"), Ink.ORANGE, 3, every(10, means), every(10, evidence))
                .dots(Words.same("E[log p(x|z)] − KL(q ‖ p(z))"), Ink.GREEN, 2.5, every(5, means), every(5, parts))
                .horizontal(Words.same("log p(x)"), Ink.CRIMSON, logEvidence());
        Sheet sheet = Sheet.of(
                Words.of(
                        "Three curves of the bound over the mean of q lie on each other, below the evidence.",
                        "三条随 q 的均值变化的下界曲线重合在一起，都在对数证据之下。"),
                chart);
        return new Finding(
                sheet.sized(440, 320),
                Map.of("apart", apart, "evidence", logEvidence(), "best", best, "gap", logEvidence() - best));
    }

    /** E_q[log p(x, z)] + H(q). */
    private static double jointAndEntropy(double m) {
        double expected =
                Normals.expectation(m, V, z -> Normals.logDensity(z, 0, 1) + Normals.logDensity(X, A * z, S2));
        return expected + 0.5 * Math.log(2 * Math.PI * Math.E * V);
    }

    /** log p(x) − KL(q ‖ p(z|x)), with the exact posterior. */
    private static double evidenceLessGap(double m) {
        double variance = 1 / (1 + A * A / S2);
        double mean = variance * A / S2 * X;
        return logEvidence() - Normals.kl(m, V, mean, variance);
    }

    /** E_q[log p(x|z)] − KL(q ‖ p(z)): what a VAE is trained by. */
    private static double reconstructionLessRate(double m) {
        return Normals.expectation(m, V, z -> Normals.logDensity(X, A * z, S2)) - Normals.kl(m, V, 0, 1);
    }

    /** log p(x) = log N(x; 0, a² + s²). */
    private static double logEvidence() {
        return Normals.logDensity(X, 0, A * A + S2);
    }

    private static double[] at(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static double[] every(int step, double[] values) {
        double[] thin = new double[(values.length + step - 1) / step];
        for (int i = 0; i < thin.length; i++) {
            thin[i] = values[i * step];
        }
        return thin;
    }
}
