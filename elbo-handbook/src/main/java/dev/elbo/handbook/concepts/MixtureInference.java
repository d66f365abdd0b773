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
import dev.elbo.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two ways to a mean-field posterior of a small mixture, {@link MixtureCavi} and {@link MixtureAdvi}, with the exact evidence: what
 * each of them loses, in nats.
 */
public final class MixtureInference implements Experiment {
    private static final int POINTS = 12;
    private static final int SEED = 4;
    private static final double EDGE = 4.4;

    @Override
    public String name() {
        return "mixture-inference";
    }

    @Override
    public Finding run(Effort effort) {
        PointsOfTwo points = PointsOfTwo.drawn(effort.of(POINTS, 6), SEED);
        double evidence = points.logEvidence();
        int sweeps = effort.of(25, 4);
        MixtureCavi cavi = new MixtureCavi(points);
        double[] rising = new double[sweeps + 1];
        rising[0] = cavi.elbo();
        for (int i = 1; i <= sweeps; i++) {
            cavi.sweep();
            rising[i] = cavi.elbo();
        }
        try (Scope scope = Scope.open("advi")) {
            int every = 10;
            int reports = effort.of(40, 2);
            MixtureAdvi advi = new MixtureAdvi(points, SEED);
            double[] climbing = new double[reports + 1];
            climbing[0] = bound(points, advi.centre(0), advi.centre(1));
            for (int i = 1; i <= reports; i++) {
                IntStream.range(0, every).forEach(step -> advi.step());
                climbing[i] = bound(points, advi.centre(0), advi.centre(1));
            }
            return finding(effort, points, evidence, cavi, rising, advi, climbing);
        }
    }

    private static Finding finding(
            Effort effort,
            PointsOfTwo points,
            double evidence,
            MixtureCavi cavi,
            double[] rising,
            MixtureAdvi advi,
            double[] climbing) {
        double caviGap = evidence - rising[rising.length - 1];
        double adviGap = evidence - climbing[climbing.length - 1];
        Sheet sheet = Sheet.of(
                Words.of(
                        "The exact posterior of two centres has two equal peaks, of which both fits cover one; the ELBO of"
                                + " coordinate ascent and that of gradient steps rise to below the evidence; the gaps in nats.",
                        "两个中心的精确后验有两个对称的峰，两种拟合都只覆盖其中一个；坐标上升与梯度法的 ELBO 都上升到对数证据之下；间隔以奈特为单位。"),
                posterior(effort, points, evidence, cavi, advi),
                rise(Words.of("CAVI: sweep by sweep", "CAVI：逐轮更新"), Words.of("sweeps", "轮数"), 1, rising, evidence),
                rise(Words.of("ADVI: gradient steps", "ADVI：梯度步"), Words.of("steps", "步数"), 10, climbing, evidence),
                Chart.titled(Words.of("Gap to the exact evidence", "与精确对数证据的间隔"))
                        .y(Words.of("nats", "奈特"))
                        .yFromZero()
                        .bars(
                                Words.same(""),
                                List.of(
                                        Words.same("CAVI"),
                                        Words.same("ADVI"),
                                        Words.of("one peak: log 2", "单峰：log 2")),
                                new double[] {caviGap, adviGap, Math.log(2)}));
        return new Finding(
                sheet,
                Map.of(
                        "points",
                        (double) points.x().length,
                        "ways",
                        Math.pow(2, points.x().length),
                        "evidence",
                        evidence,
                        "first",
                        rising[0],
                        "cavi",
                        rising[rising.length - 1],
                        "advi",
                        climbing[climbing.length - 1],
                        "caviGap",
                        caviGap,
                        "adviGap",
                        adviGap,
                        "log2",
                        Math.log(2)));
    }

    private static Chart posterior(
            Effort effort, PointsOfTwo points, double evidence, MixtureCavi cavi, MixtureAdvi advi) {
        double[] grid = Numbers.range(-EDGE, EDGE, effort.of(81, 21));
        return Chart.titled(Words.of("The posterior of the two centres", "两个中心的后验"))
                .x(Words.same("μ₁"))
                .y(Words.same("μ₂"))
                .xFrom(-EDGE, EDGE)
                .yFrom(-EDGE, EDGE)
                .heat(
                        Ink.CRIMSON,
                        grid,
                        grid,
                        Numbers.table(grid, grid, (a, b) -> Math.exp(points.logJoint(a, b) - evidence)))
                .contours(
                        Words.same("q, CAVI"),
                        Ink.BLUE,
                        grid,
                        grid,
                        product(grid, cavi.centre(0), cavi.centre(1)),
                        levels(cavi.centre(0), cavi.centre(1)))
                .contours(
                        Words.same("q, ADVI"),
                        Ink.GREEN,
                        grid,
                        grid,
                        product(grid, advi.centre(0), advi.centre(1)),
                        levels(advi.centre(0), advi.centre(1)));
    }

    private static double[][] product(double[] grid, Normal first, Normal second) {
        return Numbers.table(grid, grid, (a, b) -> first.density(a) * second.density(b));
    }

    /** Two deviations from the centre. */
    private static double[] levels(Normal first, Normal second) {
        return new double[] {Math.exp(-2) * first.density(first.mean()) * second.density(second.mean())};
    }

    private static Chart rise(Words title, Words unit, int every, double[] bounds, double evidence) {
        double[] at =
                IntStream.range(0, bounds.length).mapToDouble(i -> every * i).toArray();
        return Chart.titled(title)
                .x(unit)
                .y(Words.of("nats", "奈特"))
                .yFrom(bounds[0], evidence + 0.2 * (evidence - bounds[0]))
                .line(Words.same("ELBO"), Ink.BLUE, at, bounds)
                .horizontal(Words.same("log p(x)"), Ink.CRIMSON, evidence);
    }

    /** E_q[log p(μ, x)] + H(q), by sums over a grid of ± 6 deviations in place of samples. */
    private static double bound(PointsOfTwo points, Normal first, Normal second) {
        double[] noise = Numbers.range(-6, 6, 41);
        double[] weights = Arrays.stream(noise).map(Normal.STANDARD::density).toArray();
        double step = noise[1] - noise[0];
        double sum = 0;
        for (int i = 0; i < noise.length; i++) {
            for (int j = 0; j < noise.length; j++) {
                double log = points.logJoint(
                        first.mean() + first.deviation() * noise[i], second.mean() + second.deviation() * noise[j]);
                sum += step * step * weights[i] * weights[j] * log;
            }
        }
        return sum + first.entropy() + second.entropy();
    }
}
