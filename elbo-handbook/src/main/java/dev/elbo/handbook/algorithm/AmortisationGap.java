package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Digits;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.train.Composition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs that one network answers for all examples: the bound with the encoder's q(z|x), with the best normal of each example, and
 * log p(x) by importance sampling. The first difference is the amortisation gap, the second the approximation gap; Cremer et al. (2018).
 */
public final class AmortisationGap implements Experiment {
    private static final int LATENTS = 8;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Bounds(double[] encoder, double[] best, double[] evidence) {
        double amortisation() {
            return mean(best) - mean(encoder);
        }

        double[] gains() {
            return IntStream.range(0, best.length)
                    .mapToDouble(i -> best[i] - encoder[i])
                    .toArray();
        }

        double approximation() {
            return mean(evidence) - mean(best);
        }
    }

    @Override
    public String name() {
        return "amortisation-gap";
    }

    @Override
    public Finding run(Effort effort) {
        int[] widths = effort == Effort.FULL ? new int[] {4, 16, 128} : new int[] {2, 4};
        Map<String, Double> numbers = new LinkedHashMap<>();
        double[] amortisation = new double[widths.length];
        double[] approximation = new double[widths.length];
        Bounds widest = new Bounds(new double[0], new double[0], new double[0]);
        for (int i = 0; i < widths.length; i++) {
            widest = bounds(effort, widths[i]);
            amortisation[i] = widest.amortisation();
            approximation[i] = widest.approximation();
            String units = i == 0 ? "Few" : i == 1 ? "Some" : "Many";
            numbers.put("amortisation" + units, amortisation[i]);
            numbers.put("approximation" + units, approximation[i]);
            numbers.put("elbo" + units, mean(widest.encoder()));
        }
        numbers.put("examples", (double) widest.encoder().length);
        List<Words> units =
                Arrays.stream(widths).mapToObj(w -> Words.same("" + w)).toList();
        Chart gaps = Chart.titled(Words.of("Two gaps below log p(x)", "log p(x) 之下的两个间隙"))
                .x(Words.of("units of the encoder", "编码器的隐藏单元数"))
                .y(Words.of("nats", "奈特"))
                .bars(Words.of("amortisation", "摊销间隙"), units, amortisation)
                .bars(Words.of("approximation", "近似间隙"), units, approximation);
        double[] gains = widest.gains();
        numbers.put("gainMost", Numbers.most(gains));
        Chart each = Chart.titled(Words.of("What each digit gains, widest encoder", "每个数字的所得（最宽的编码器）"))
                .x(Words.of("ELBO with the encoder's q, nats", "编码器的 q 的 ELBO，奈特"))
                .y(Words.of("gain by the best q, nats", "最优的 q 带来的增益，奈特"))
                .yFromZero()
                .dots(Words.of("a held-out digit", "一个留出的数字"), Ink.BLUE, 3, widest.encoder(), gains);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left: amortisation and approximation gap for encoders of three widths. Right: what the"
                                + " bound of each digit gains by its best q; hard digits gain most.",
                        "左图：三种宽度的编码器的摊销间隙与近似间隙。右图：每个数字用最优的 q 时下界的增益；难的数字增益最大。"),
                gaps,
                each);
        return new Finding(sheet.sized(380, 310), numbers);
    }

    private static Bounds bounds(Effort effort, int units) {
        try (Scope scope = Scope.open("bounds")) {
            SmallTraining training = new SmallTraining(
                    Digits.of(effort, 4000, 200),
                    Map.of("epochs", effort.of(8, 1) + "", "learningRate", "cosine(0.005, 0.0005)"));
            Vae model = training.vae(units, 64, LATENTS);
            training.train(Composition.of(model, Elbo.standard()));
            Examples test = training.test();
            Batch batch = training.first(test, effort.of(100, 8));
            DiagonalNormal encoders = normal(model, batch);
            DiagonalNormal best = optimised(model, batch, encoders, effort.of(200, 5));
            return new Bounds(
                    elbo(model, batch, encoders, effort.of(200, 10)),
                    elbo(model, batch, best, effort.of(200, 10)),
                    evidence(model, batch, best, effort.of(200, 10)));
        }
    }

    private static DiagonalNormal normal(Vae model, Batch batch) {
        if (model.posterior().given(Pass.deterministic(), batch.get("image")) instanceof DiagonalNormal q) {
            return q.detached();
        }
        throw new IllegalStateException("Bug: the encoder's distribution is no diagonal normal");
    }

    /** Climbs the bound of each example by a mean and a variance of its own, the decoder staying as it is. */
    private static DiagonalNormal optimised(Vae model, Batch batch, DiagonalNormal from, int steps) {
        Tensor mean = from.loc().copy().requireGradient();
        Tensor logVar = from.logVar().copy().requireGradient();
        DiagonalNormal q = new DiagonalNormal(mean, logVar, 1);
        ParameterBuffer parameters = new ParameterBuffer(Map.of("mean", mean, "logVar", logVar));
        Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
        Rng rng = Rng.seeded(5, Device.CPU);
        for (int i = 0; i < steps; i++) {
            try (Scope scope = Scope.open("climb")) {
                parameters.clearGradients();
                bound(model, batch, q, 4, rng).sum().negate().backward();
                adam.learningRate().fill(0.05 * (1 - (double) i / steps));
                adam.step();
            }
        }
        return q.detached();
    }

    /** E_q[log p(x|z)] − KL(q ‖ p(z)), [B]. */
    private static Tensor bound(Vae model, Batch batch, DiagonalNormal q, int samples, Rng rng) {
        Tensor z = q.rsample(samples, rng).value();
        Tensor logLikelihood = model.likelihood().given(Pass.deterministic(), z).logProb(batch.get("image"));
        Tensor rate = q.klTo(DiagonalNormal.standard(LATENTS, Device.CPU)).orElseThrow();
        return logLikelihood.mean(0).minus(rate);
    }

    private static double[] elbo(Vae model, Batch batch, DiagonalNormal q, int samples) {
        try (Scope scope = Scope.open("bound");
                GradientMode off = GradientMode.off()) {
            return bound(model, batch, q, samples, Rng.seeded(6, Device.CPU))
                    .toHost()
                    .toDoubles();
        }
    }

    /** log 1/K Σ p(x|z) p(z) / q(z) of each example. */
    private static double[] evidence(Vae model, Batch batch, DiagonalNormal q, int samples) {
        try (Scope scope = Scope.open("evidence");
                GradientMode off = GradientMode.off()) {
            Tensor z = q.sample(samples, Rng.seeded(7, Device.CPU));
            Tensor logWeights = model.likelihood()
                    .given(Pass.deterministic(), z)
                    .logProb(batch.get("image"))
                    .plus(DiagonalNormal.standard(LATENTS, Device.CPU).logProb(z))
                    .minus(q.logProb(z));
            return logWeights.logSumExp(0).minus(Math.log(samples)).toHost().toDoubles();
        }
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
