package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * KL(N(μ, σ²) ‖ N(0, 1)) over μ and σ: by its closed form, by quadrature of its definition, and by Elbo's {@code klTo}. Kingma and
 * Welling (2014), appendix B.
 */
public final class NormalDivergence implements Experiment {

    @Override
    public String name() {
        return "normal-divergence";
    }

    @Override
    public Finding run(Effort effort) {
        double[] means = Numbers.range(-3, 3, effort.of(121, 13));
        double[] deviations = Numbers.range(0.05, 3, effort.of(119, 12));
        double[][] closed = Numbers.table(means, deviations, NormalDivergence::closedForm);
        double byQuadrature = 0;
        double byElbo = 0;
        for (int i = 0; i < deviations.length; i += 4) {
            for (int j = 0; j < means.length; j += 4) {
                double exact = closed[i][j];
                byQuadrature = Math.max(byQuadrature, Math.abs(exact - quadrature(means[j], deviations[i])));
                byElbo = Math.max(byElbo, Math.abs(exact - elbos(means[j], deviations[i])) / Math.max(1, exact));
            }
        }
        Chart map = Chart.titled(Words.of("KL(N(μ, σ²) ‖ N(0, 1)), contours in nats", "KL(N(μ, σ²) ‖ N(0, 1))，等高线（奈特）"))
                .x(Words.same("μ"))
                .y(Words.same("σ"))
                .heat(Ink.BLUE, means, deviations, closed)
                .contours(Words.same("0.1, 0.5, 1, 2, 3, 4"), Ink.BLUE, means, deviations, closed, 0.1, 0.5, 1, 2, 3, 4)
                .dots(Words.of("0: q is the prior", "0：q 就是先验"), Ink.CRIMSON, 3, new double[] {0}, new double[] {1});
        Chart slices = Chart.titled(Words.of("two cuts through the map", "沿两条线切开"))
                .x(Words.of("σ, or μ", "σ 或 μ"))
                .y(Words.of("nats", "奈特"))
                .yFrom(0, 4.6)
                .curve(Words.of("over σ, at μ = 0", "随 σ 变化，μ = 0"), Ink.ORANGE, 0.01, 3, s -> closedForm(0, s))
                .curve(Words.of("over μ, at σ = 1: μ²/2", "随 μ 变化，σ = 1：μ²/2"), Ink.GREEN, 0, 3, m -> closedForm(m, 1));
        Sheet sheet = Sheet.of(
                Words.of(
                        "The divergence over μ and σ as a map with its least value at μ = 0, σ = 1, and two cuts: steep where σ"
                                + " goes to 0, gentle where it grows, a parabola over μ.",
                        "散度随 μ 和 σ 变化的等高线图，在 μ = 0、σ = 1 处最小；旁边是两条截线：σ 趋于 0 时很陡，σ 变大时平缓，随 μ 是抛物线。"),
                map,
                slices);
        return new Finding(
                sheet,
                Map.of(
                        "byQuadrature",
                        byQuadrature,
                        "byElbo",
                        byElbo,
                        "oneAway",
                        closedForm(1, 1),
                        "tenthWide",
                        closedForm(0, 0.1),
                        "tenWide",
                        closedForm(0, 10)));
    }

    /** ½ (μ² + σ² − 1 − log σ²). */
    private static double closedForm(double mean, double deviation) {
        double variance = deviation * deviation;
        return 0.5 * (mean * mean + variance - 1 - Math.log(variance));
    }

    /** E_q[log q(z) − log p(z)], the definition. */
    private static double quadrature(double mean, double deviation) {
        double variance = deviation * deviation;
        return Normals.expectation(
                mean, variance, z -> Normals.logDensity(z, mean, variance) - Normals.logDensity(z, 0, 1));
    }

    /** The same by the library. */
    private static double elbos(double mean, double deviation) {
        try (Scope scope = Scope.open("divergence")) {
            DiagonalNormal q = new DiagonalNormal(
                    Tensor.of(new float[] {(float) mean}, 1),
                    Tensor.of(new float[] {(float) (2 * Math.log(deviation))}, 1),
                    1);
            return q.klTo(DiagonalNormal.standard(1, Device.CPU)).orElseThrow().item();
        }
    }
}
