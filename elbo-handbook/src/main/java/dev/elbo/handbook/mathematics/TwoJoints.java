package dev.elbo.handbook.mathematics;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.mathematics.CurvedModel.Approximation;
import java.util.Arrays;
import java.util.Map;

/**
 * A VAE has two joint distributions, p(z) p(x|z) and p(x) q(z|x): the first begins at codes, the second at data. Here data are of the
 * model itself, so that all that parts the two is that q is a normal. The divergence between them is the mean gap of the bound.
 */
public final class TwoJoints implements Experiment {
    private static final double[] LEVELS = {0.02, 0.06, 0.12, 0.2, 0.3};

    @Override
    public String name() {
        return "two-joints";
    }

    @Override
    public Finding run(Effort effort) {
        double[] x = Numbers.range(-4.5, 4.5, effort.of(181, 31));
        double[] z = Numbers.range(-4, 4, effort.of(321, 61));
        double[] evidence = Arrays.stream(x).map(CurvedModel::evidence).toArray();
        Approximation[] q = Arrays.stream(x)
                .mapToObj(value -> CurvedModel.best(value, effort.of(300, 50)))
                .toArray(Approximation[]::new);
        double[][] generative = new double[z.length][x.length];
        double[][] inference = new double[z.length][x.length];
        double divergence = 0;
        double meanGap = 0;
        double dx = x[1] - x[0];
        double dz = z[1] - z[0];
        for (int i = 0; i < x.length; i++) {
            meanGap += dx * evidence[i] * (Math.log(evidence[i]) - q[i].bound());
            for (int j = 0; j < z.length; j++) {
                generative[j][i] = CurvedModel.joint(x[i], z[j]);
                inference[j][i] = evidence[i] * q[i].density(z[j]);
                divergence += dx * dz * divergenceAt(inference[j][i], generative[j][i]);
            }
        }
        Sheet sheet = Sheet.of(
                Words.of(
                        "Two maps over x and z with almost the same contours: the joint density of the generative model, and that"
                                + " of data and encoder, whose tails towards large |z| are cut off.",
                        "x 与 z 平面上两张几乎相同的等高线图：生成模型的联合密度，以及数据与编码器的联合密度；后者在 |z| 较大处的尾部被截短。"),
                chart(Words.of("codes first: p(z) p(x|z)", "先有编码：p(z) p(x|z)"), Ink.BLUE, x, z, generative),
                chart(Words.of("data first: p(x) q(z|x)", "先有数据：p(x) q(z|x)"), Ink.PURPLE, x, z, inference));
        return new Finding(
                sheet, Map.of("divergence", divergence, "meanGap", meanGap, "apart", Math.abs(divergence - meanGap)));
    }

    /** q log (q / p), a part of KL(q ‖ p). */
    private static double divergenceAt(double q, double p) {
        return q == 0 ? 0 : q * Math.log(q / p);
    }

    private static Chart chart(Words title, Ink ink, double[] x, double[] z, double[][] density) {
        return Chart.titled(title)
                .x(Words.same("x"))
                .y(Words.same("z"))
                .xFrom(-3.5, 3.5)
                .yFrom(-3.2, 3.2)
                .heat(ink, x, z, density)
                .contours(Words.same(""), ink, x, z, density, LEVELS);
    }
}
