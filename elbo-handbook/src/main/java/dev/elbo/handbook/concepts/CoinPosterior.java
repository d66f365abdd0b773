package dev.elbo.handbook.concepts;

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
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Maximum likelihood beside the posterior: a coin that shows heads with probability θ = 0.7, tossed up to 500 times. The prior is
 * Beta(2, 2), so the posterior after h heads and t tails is Beta(2 + h, 2 + t), and the likelihood is greatest at h / (h + t).
 */
public final class CoinPosterior implements Experiment {
    private static final double TRUTH = 0.7;
    private static final int PRIOR = 2;
    private static final int[] SHOWN = {3, 20, 200};
    private static final int SEED = 59_000_177;

    @Override
    public String name() {
        return "coin-posterior";
    }

    @Override
    public Finding run(Effort effort) {
        int[] heads = headsOf(effort.of(500, 200));
        double[] theta = Numbers.range(0.001, 0.999, effort.of(250, 50));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Likelihood, prior and posterior of a coin after 3, 20 and 200 tosses, and the estimates as tosses grow:"
                                + " the posterior mean is drawn to the prior at first, and both meet at the truth.",
                        "抛硬币 3、20、200 次之后的似然、先验与后验，以及两种估计随次数的变化：后验均值起初被先验拉住，最终都收敛到真值。"),
                densities(theta, SHOWN[0], heads[SHOWN[0]]),
                densities(theta, SHOWN[1], heads[SHOWN[1]]),
                densities(theta, SHOWN[2], heads[SHOWN[2]]),
                estimates(heads));
        return new Finding(
                sheet,
                Map.of(
                        "headsOf3",
                        (double) heads[3],
                        "headsOf20",
                        (double) heads[20],
                        "headsOf200",
                        (double) heads[200],
                        "likeliest3",
                        heads[3] / 3.0,
                        "mean3",
                        mean(heads[3], 0),
                        "mean200",
                        mean(heads[200], 200 - heads[200]),
                        "deviation3",
                        deviation(heads[3], 0),
                        "deviation200",
                        deviation(heads[200], 200 - heads[200]),
                        "likeliest200",
                        heads[200] / 200.0));
    }

    /** How many heads there are among the first n tosses, for each n. */
    private static int[] headsOf(int tosses) {
        Random random = new Random(SEED);
        int[] heads = new int[tosses + 1];
        for (int n = 1; n <= tosses; n++) {
            heads[n] = heads[n - 1] + (random.nextDouble() < TRUTH ? 1 : 0);
        }
        return heads;
    }

    private static Chart densities(double[] theta, int tosses, int heads) {
        int tails = tosses - heads;
        return Chart.titled(Words.of(tosses + " tosses, " + heads + " heads", "抛 " + tosses + " 次，正面 " + heads + " 次"))
                .x(Words.of("θ, the probability of heads", "θ，正面的概率"))
                .y(Words.of("density, each of area one", "密度，面积均为 1"))
                .xFrom(0, 1)
                .yFromZero()
                .line(Words.of("prior", "先验"), Ink.SLATE, theta, beta(theta, PRIOR, PRIOR))
                .line(Words.of("likelihood", "似然"), Ink.ORANGE, theta, beta(theta, 1 + heads, 1 + tails))
                .line(Words.of("posterior", "后验"), Ink.BLUE, theta, posterior(theta, heads, tails));
    }

    private static Chart estimates(int[] heads) {
        double[] n = IntStream.range(1, heads.length).asDoubleStream().toArray();
        double[] mean = of(n, k -> mean(heads[k], k - heads[k]));
        double[] spread = of(n, k -> deviation(heads[k], k - heads[k]));
        return Chart.titled(Words.of("The estimates as tosses grow", "估计随抛掷次数的变化"))
                .xLogarithmic()
                .x(Words.of("tosses n", "抛掷次数 n"))
                .y(Words.same("θ"))
                .yFrom(0.3, 1.02)
                .band(Ink.BLUE, n, of(n, k -> mean[k - 1] - spread[k - 1]), of(n, k -> mean[k - 1] + spread[k - 1]))
                .line(Words.of("maximum likelihood", "最大似然"), Ink.ORANGE, n, of(n, k -> heads[k] / (double) k))
                .line(Words.of("posterior mean ± deviation", "后验均值 ± 标准差"), Ink.BLUE, n, mean)
                .line(Words.of("truth", "真值"), Ink.GREEN, n, of(n, k -> TRUTH));
    }

    private static double[] of(double[] n, IntToDoubleFunction value) {
        return Arrays.stream(n).map(k -> value.applyAsDouble((int) k)).toArray();
    }

    /** p(θ|h, t) ∝ p(θ) θʰ (1 − θ)ᵗ = Beta(2 + h, 2 + t). */
    private static double[] posterior(double[] theta, int heads, int tails) {
        return beta(theta, PRIOR + heads, PRIOR + tails);
    }

    /** (2 + h) / (4 + h + t): as if two heads and two tails had been seen before. */
    private static double mean(int heads, int tails) {
        return (PRIOR + heads) / (double) (2 * PRIOR + heads + tails);
    }

    private static double deviation(int heads, int tails) {
        double mean = mean(heads, tails);
        return Math.sqrt(mean * (1 - mean) / (2 * PRIOR + heads + tails + 1));
    }

    /** The density of Beta(a, b), whose constant is (a + b − 1)! / (a − 1)! (b − 1)!. */
    private static double[] beta(double[] theta, int a, int b) {
        double constant = logFactorial(a + b - 1) - logFactorial(a - 1) - logFactorial(b - 1);
        return Arrays.stream(theta)
                .map(t -> Math.exp(constant + (a - 1) * Math.log(t) + (b - 1) * Math.log1p(-t)))
                .toArray();
    }

    private static double logFactorial(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(Math::log).sum();
    }
}
