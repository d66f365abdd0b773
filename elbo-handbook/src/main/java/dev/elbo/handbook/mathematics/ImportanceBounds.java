package dev.elbo.handbook.mathematics;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.RowTraining;
import dev.elbo.model.Vae;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Iwae;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Jensen's inequality, and how importance weights take its gap away: of a linear VAE after too short a training, the bound of K samples
 * climbs from the ELBO to the exact log p(x). Burda et al. (2016), theorem 1.
 */
public final class ImportanceBounds implements Experiment {
    private static final int[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private static final double[] ENDS = {1, 512};

    @Override
    public String name() {
        return "importance-bounds";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("importance weights")) {
            LowRank data = LowRank.of(effort.of(200, 20), 4);
            LinearVae model = LinearVae.of(LowRank.COLUMNS, LowRank.RANK, 5);
            new RowTraining(data.rows(), 60, 0.01, 6)
                    .run(model.vae(), model.vae().parameters(), Elbo.standard(), step -> {});
            try (GradientMode off = GradientMode.off()) {
                return found(model, data, effort);
            }
        }
    }

    private static Finding found(LinearVae model, LowRank data, Effort effort) {
        double exact = model.logEvidence(data.rows());
        double elbo = LinearVaeAndPca.bound(model, data.rows());
        double[] bounds = new double[COUNTS.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = bound(model.vae(), data.rows(), COUNTS[i], effort.of(20, 1));
        }
        LogLikelihood estimate =
                LogLikelihood.of(model.vae(), examples(data.rows()), effort.of(5000, 50), 9, done -> {});
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("exact", exact);
        numbers.put("elbo", elbo);
        numbers.put("bound1", bounds[0]);
        numbers.put("bound512", bounds[COUNTS.length - 1]);
        numbers.put("gap1", exact - elbo);
        numbers.put("gap8", exact - bounds[3]);
        numbers.put("gap512", exact - bounds[COUNTS.length - 1]);
        numbers.put("estimate", -estimate.nll());
        numbers.put("estimateApart", Math.abs(exact + estimate.nll()));
        Chart climb = Chart.titled(Words.of("the bound of K samples", "K 个样本的下界"))
                .xLogarithmic()
                .x(Words.of("samples K", "样本数 K"))
                .y(Words.of("nats a row", "每行，奈特"))
                .line(
                        Words.of("Iwae with K samples", "Iwae，K 个样本"),
                        Ink.BLUE,
                        Arrays.stream(COUNTS).asDoubleStream().toArray(),
                        bounds)
                .line(Words.of("exact log p(x)", "精确的 log p(x)"), Ink.CRIMSON, ENDS, new double[] {exact, exact})
                .line(Words.same("ELBO"), Ink.ORANGE, ENDS, new double[] {elbo, elbo});
        Sheet sheet = Sheet.of(
                Words.of(
                        "The logarithm of a mean lies above the mean of logarithms: a chord below the curve. Beside it, the bound over"
                                + " K rises from the ELBO to the exact log-evidence.",
                        "均值的对数高于对数的均值：弦在曲线之下。旁边是随 K 变化的下界，从 ELBO 升到精确的对数证据。"),
                jensen(numbers),
                climb);
        return new Finding(sheet, numbers);
    }

    /** Two weights, half of the time each. */
    private static Chart jensen(Map<String, Double> numbers) {
        double low = 0.2;
        double high = 1.8;
        double mean = (low + high) / 2;
        double below = (Math.log(low) + Math.log(high)) / 2;
        numbers.put("jensen", Math.log(mean) - below);
        return Chart.titled(Words.of("log of a mean, mean of logs", "均值的对数与对数的均值"))
                .x(Words.of("weight w", "权重 w"))
                .y(Words.same("log w"))
                .xFrom(0, 2.1)
                .yFrom(-2.2, 0.9)
                .curve(Words.same("log w"), Ink.BLUE, 0.08, 2.1, Math::log)
                .line(Words.of("chord", "弦"), Ink.ORANGE, new double[] {low, high}, new double[] {
                    Math.log(low), Math.log(high)
                })
                .dots(Words.same("log E[w]"), Ink.CRIMSON, 4, new double[] {mean}, new double[] {Math.log(mean)})
                .dots(Words.same("E[log w]"), Ink.GREEN, 4, new double[] {mean}, new double[] {below})
                .arrow(Ink.MUTED, mean, below + 0.05, mean, Math.log(mean) - 0.05);
    }

    /** Elbo's own objective, averaged over some draws of noise. */
    private static double bound(Vae vae, Tensor rows, int samples, int draws) {
        Step step = new Step(10, 1, rows.size(0), Device.CPU);
        Batch batch = new Batch(Map.of(RowTraining.ROW, rows));
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            try (Scope work = Scope.open("draw")) {
                step.advance(i, 0);
                sum -= new Iwae(samples, false).loss(vae, batch, step).total().item() / draws;
            }
        }
        return sum;
    }

    private static Examples examples(Tensor rows) {
        return new Examples(
                new Split(Map.of(RowTraining.ROW, rows.toHost())),
                new DataSpec("low rank", Map.of(RowTraining.ROW, new Field.Table((int) rows.size(1))), ""),
                Pixels.GREY,
                1,
                Device.CPU);
    }
}
