package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.RowTraining;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import java.util.HashMap;
import java.util.Map;

/**
 * What σ of a normal likelihood does. For one error there is a best σ, the error itself. And σ decides how much a model tells of the
 * data: a linear VAE keeps the directions whose variance λ exceeds σ², each for ½ log(λ/σ²) nats. Lucas et al. (2019).
 */
public final class LikelihoodWidth implements Experiment {
    private static final double[] VARIANCES = {0.1, 0.3, 1, 4};

    @Override
    public String name() {
        return "likelihood-width";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("width")) {
            LowRank data = LowRank.of(effort.of(1000, 100), 4);
            Map<String, Double> numbers = new HashMap<>();
            double[] trained = new double[VARIANCES.length];
            double apart = 0;
            for (int i = 0; i < VARIANCES.length; i++) {
                trained[i] = rate(data, VARIANCES[i], effort.of(1200, 20));
                apart = Math.max(apart, Math.abs(trained[i] - bestRate(data, VARIANCES[i])));
            }
            numbers.put("rateApart", apart);
            numbers.put("rateNarrow", trained[0]);
            numbers.put("rateWide", trained[VARIANCES.length - 1]);
            numbers.put("weightTenth", 1 / (2 * 0.1 * 0.1));
            Chart rates = Chart.titled(Words.of("σ² decides how much is told", "σ² 决定编码传多少信息"))
                    .xLogarithmic()
                    .x(Words.same("σ²"))
                    .y(Words.of("rate, nats a row", "码率，每行，奈特"))
                    .curve(
                            Words.of("best: Σ ½ log(λ/σ²)", "最优：Σ ½ log(λ/σ²)"),
                            Ink.BLUE,
                            0.04,
                            8,
                            v -> bestRate(data, v))
                    .dots(Words.of("trained by Elbo", "用 Elbo 训练"), Ink.ORANGE, 4, VARIANCES, trained);
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Costs of a pixel over σ for three errors, each lowest where σ is the error; and the rate of a linear VAE,"
                                    + " which falls as σ² grows, dots of trained models on the curve.",
                            "三种误差下一个像素的代价随 σ 变化，σ 等于误差时最低；线性 VAE 的码率随 σ² 增大而下降，训练所得的点落在曲线上。"),
                    costs(),
                    rates);
            return new Finding(sheet, numbers);
        }
    }

    private static Chart costs() {
        Chart chart = Chart.titled(Words.of("what a pixel costs, by its error", "一个像素的代价，按误差"))
                .x(Words.same("σ"))
                .y(Words.of("−log p(x|z), nats", "−log p(x|z)，奈特"))
                .yFrom(-2.5, 3.6);
        for (double error : new double[] {0.05, 0.15, 0.4}) {
            chart.curve(Words.of("error " + error, "误差 " + error), 0.02, 0.8, sigma -> cost(error, sigma));
        }
        return chart.dots(
                Words.of("σ = error", "σ = 误差"), Ink.CRIMSON, 3.5, new double[] {0.05, 0.15, 0.4}, new double[] {
                    cost(0.05, 0.05), cost(0.15, 0.15), cost(0.4, 0.4)
                });
    }

    /** −log N(x; x̂, σ²) with |x − x̂| = error. */
    private static double cost(double error, double sigma) {
        return error * error / (2 * sigma * sigma) + 0.5 * Math.log(2 * Math.PI * sigma * sigma);
    }

    /** Σ ½ log(λⱼ/σ²) over directions with λⱼ > σ², of as many as there are latents. */
    private static double bestRate(LowRank data, double variance) {
        double rate = 0;
        for (int j = 0; j < LowRank.RANK; j++) {
            rate += 0.5 * Math.log(Math.max(1, data.eigenvalues().get(j) / variance));
        }
        return rate;
    }

    /** The rate of a linear VAE with three latents, trained with σ² fixed. */
    private static double rate(LowRank data, double variance, int steps) {
        try (Scope scope = Scope.open("one width")) {
            LinearVae model = LinearVae.withVariance(variance, LowRank.COLUMNS, LowRank.RANK, 7);
            new RowTraining(data.rows(), steps, 0.02, 8)
                    .run(model.vae(), model.vae().parameters(), Elbo.standard(), step -> {});
            try (GradientMode off = GradientMode.off()) {
                DiagonalNormal q = (DiagonalNormal) model.vae().posterior().given(Pass.deterministic(), data.rows());
                return q.klTo(DiagonalNormal.standard(LowRank.RANK, data.rows().device()))
                        .orElseThrow()
                        .mean()
                        .item();
            }
        }
    }
}
