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
import java.util.Map;

/** The four densities of a model with one latent and a curved decoder: p(z), p(x|z), p(x), and p(z|x) beside the best normal q(z|x). */
public final class GenerativeAndInference implements Experiment {
    private static final double X = 1.6;
    private static final Words DENSITY = Words.of("density", "密度");

    @Override
    public String name() {
        return "generative-and-inference";
    }

    @Override
    public Finding run(Effort effort) {
        Approximation q = CurvedModel.best(X, effort.of(400, 100));
        double logEvidence = Math.log(CurvedModel.evidence(X));
        double[] z = Numbers.range(-3, 3, effort.of(121, 31));
        double[] x = Numbers.range(-4, 4, effort.of(161, 41));
        Chart prior = Chart.titled(Words.of("prior: where codes come from", "先验：编码从哪里来"))
                .x(Words.same("z"))
                .y(DENSITY)
                .yFromZero()
                .curve(Words.same("p(z)"), Ink.BLUE, -3, 3, CurvedModel::prior);
        Chart likelihood = Chart.titled(Words.of("likelihood: what a code becomes", "似然：编码变成什么"))
                .x(Words.same("z"))
                .y(Words.same("x"))
                .heat(Ink.GREEN, z, x, Numbers.table(z, x, (code, value) -> CurvedModel.likelihood(value, code)))
                .curve(
                        Words.of("decoder's mean f(z), p(x|z) about it", "解码器的均值 f(z)，周围是 p(x|z)"),
                        Ink.GREEN,
                        -3,
                        3,
                        CurvedModel::decoder)
                .horizontal(Words.same(""), Ink.CRIMSON, X)
                .note(Words.same("x = " + X), Ink.CRIMSON, -2.9, X);
        Chart evidence = Chart.titled(Words.of("evidence: what the model holds likely", "证据：模型认为哪些 x 常见"))
                .x(Words.same("x"))
                .y(DENSITY)
                .yFromZero()
                .curve(Words.same("p(x)"), Ink.ORANGE, -4, 4, CurvedModel::evidence)
                .vertical(Words.same("x = " + X), Ink.CRIMSON, X);
        Chart posterior = Chart.titled(Words.of("posterior: which codes may have made x", "后验：哪些编码可能生成了 x"))
                .x(Words.same("z"))
                .y(DENSITY)
                .yFromZero()
                .curve(
                        Words.of("exact, p(z|x)", "精确的 p(z|x)"),
                        Ink.BLUE,
                        -0.5,
                        3,
                        code -> CurvedModel.posterior(code, X))
                .curve(Words.of("best normal, q(z|x)", "最好的高斯 q(z|x)"), Ink.PURPLE, -0.5, 3, q::density);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Four densities of one model: a normal prior; a decoder shaped like an S; an evidence with two peaks;"
                                + " a skewed posterior with a normal beside it.",
                        "同一模型的四个密度：高斯先验；S 形的解码器；有两个峰的证据；偏斜的后验与旁边的高斯近似。"),
                prior,
                likelihood,
                evidence,
                posterior);
        return new Finding(
                sheet,
                Map.of(
                        "logEvidence",
                        logEvidence,
                        "bound",
                        q.bound(),
                        "gap",
                        logEvidence - q.bound(),
                        "mean",
                        q.mean(),
                        "deviation",
                        q.deviation()));
    }
}
