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
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Jensen's inequality at work: z ~ N(0, 1), x|z ~ N(z, 1), x = 1, and a q(z) that is not the posterior N(½, ½). The weight
 * w = p(x, z) / q(z) of a draw from q has mean p(x); its logarithm has the ELBO as its mean, which is less, as log bends down. The
 * nearer q is to the posterior the less w varies, and at the posterior it is p(x) whatever z is.
 */
public final class JensenGap implements Experiment {
    private static final double X = 1;
    private static final Normal POSTERIOR = new Normal(0.5, Math.sqrt(0.5));
    private static final Normal Q = new Normal(-0.1, 0.9);
    private static final int SEED = 1;

    @Override
    public String name() {
        return "jensen-gap";
    }

    @Override
    public Finding run(Effort effort) {
        double[] weights = weights(Q, effort.of(20000, 200));
        double logEvidence = new Normal(0, Math.sqrt(2)).logDensity(X);
        double evidence = Math.exp(logEvidence);
        double elbo = elbo(Q);
        double[] mixed = Numbers.range(0, 1, effort.of(41, 5));
        double[] few = Arrays.copyOf(weights, 12);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Weights of draws from q along the bent curve of the logarithm: the logarithm of their mean is the"
                                + " evidence, the mean of their logarithms the ELBO, which is lower; as q becomes the posterior, the"
                                + " ELBO rises to the evidence.",
                        "q 的样本的权重落在对数曲线上：权重均值的对数是对数证据，对数的均值是更低的 ELBO；q 趋于后验时，ELBO 上升到对数证据。"),
                Chart.titled(Words.of("The mean of logs is below the log of the mean", "对数的均值低于均值的对数"))
                        .x(Words.same("w = p(x, z) / q(z)"))
                        .y(Words.same("log w"))
                        .curve(Words.same("log w"), Ink.SLATE, 0.02, 0.5, Math::log)
                        .dots(
                                Words.of("twelve draws", "十二个样本"),
                                Ink.BLUE,
                                3.5,
                                few,
                                Arrays.stream(few).map(Math::log).toArray())
                        .xFrom(0, 0.5)
                        .yFrom(-4.2, -0.3)
                        .vertical(Words.of("mean of w = p(x)", "w 的均值 = p(x)"), Ink.GREEN, evidence)
                        .horizontal(Words.of("log p(x)", "log p(x)"), Ink.GREEN, logEvidence)
                        .horizontal(Words.of("mean of log w: the ELBO", "log w 的均值：ELBO"), Ink.CRIMSON, elbo),
                Chart.titled(Words.of("From a wrong q to the posterior", "从错误的 q 走向后验"))
                        .x(Words.of("way from q to p(z|x)", "从 q 到 p(z|x) 的路程"))
                        .y(Words.of("nats", "奈特"))
                        .yFrom(-2, -1.45)
                        .line(
                                Words.of("ELBO", "ELBO"),
                                Ink.BLUE,
                                mixed,
                                Arrays.stream(mixed)
                                        .map(share -> elbo(between(share)))
                                        .toArray())
                        .dots(
                                Words.of("log p(x) − KL", "log p(x) − KL"),
                                Ink.ORANGE,
                                3,
                                mixed,
                                Arrays.stream(mixed)
                                        .map(share ->
                                                logEvidence - between(share).klTo(POSTERIOR))
                                        .toArray())
                        .horizontal(Words.same("log p(x)"), Ink.CRIMSON, logEvidence));
        double apart = Arrays.stream(mixed)
                .map(share -> Math.abs(
                        elbo(between(share)) - logEvidence + between(share).klTo(POSTERIOR)))
                .max()
                .orElseThrow();
        return new Finding(
                sheet,
                Map.of(
                        "logEvidence",
                        logEvidence,
                        "elbo",
                        elbo,
                        "gap",
                        logEvidence - elbo,
                        "divergence",
                        Q.klTo(POSTERIOR),
                        "meanWeight",
                        Arrays.stream(weights).average().orElseThrow(),
                        "evidence",
                        evidence,
                        "meanLogWeight",
                        Arrays.stream(weights).map(Math::log).average().orElseThrow(),
                        "draws",
                        (double) weights.length,
                        "apart",
                        apart,
                        "spreadAtPosterior",
                        spread(weights(POSTERIOR, 100))));
    }

    /** log w = log p(z) + log p(x|z) − log q(z). */
    private static double logWeight(Normal q, double z) {
        return Normal.STANDARD.logDensity(z) + new Normal(z, 1).logDensity(X) - q.logDensity(z);
    }

    /** E_q[log w]. */
    private static double elbo(Normal q) {
        return q.expectation(z -> logWeight(q, z));
    }

    /** The weights of draws from q. */
    private static double[] weights(Normal q, int count) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToDouble(i -> q.mean() + q.deviation() * random.nextGaussian())
                .map(z -> Math.exp(logWeight(q, z)))
                .toArray();
    }

    private static double spread(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }

    /** Means and deviations between those of q and of the posterior. */
    private static Normal between(double share) {
        return new Normal(
                Q.mean() + share * (POSTERIOR.mean() - Q.mean()),
                Q.deviation() + share * (POSTERIOR.deviation() - Q.deviation()));
    }
}
