package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Digits;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.Vae;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.train.Composition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * How far the gradient of a minibatch is from that of the whole training set, over the size of the batch; and how much of that is the
 * noise ε of the samples alone, the batch being the same.
 */
public final class GradientNoise implements Experiment {

    @Override
    public String name() {
        return "gradient-noise";
    }

    @Override
    public Finding run(Effort effort) {
        double[] sizes =
                effort == Effort.FULL ? new double[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512} : new double[] {1, 4};
        int repeats = effort.of(40, 4);
        double[] both = new double[sizes.length];
        double[] alone = new double[sizes.length];
        try (Scope scope = Scope.open("gradient noise")) {
            SmallTraining training = new SmallTraining(
                    Digits.of(effort, 4000, 500), Map.of("epochs", effort.of(3, 1) + "", "learningRate", "0.003"));
            Vae model = training.vae(64, 64, 8);
            training.train(Composition.of(model, Elbo.standard()));
            Examples examples = training.examples(training.data().train());
            ParameterBuffer parameters = new ParameterBuffer(model.parameters());
            double[] exact = mean(model, examples, parameters, effort.of(20, 4));
            for (int i = 0; i < sizes.length; i++) {
                both[i] = distance(model, examples, parameters, (int) sizes[i], repeats, exact, false);
                alone[i] = distance(model, examples, parameters, (int) sizes[i], repeats, exact, true);
            }
        }
        Chart chart = Chart.titled(Words.of("Noise of a minibatch's gradient", "小批量梯度的噪声"))
                .xLogarithmic()
                .yLogarithmic()
                .x(Words.of("examples in a batch", "批量大小"))
                .y(Words.of("deviation over the norm of the mean gradient", "标准差 / 平均梯度的范数"))
                .line(Words.of("other examples and other ε", "样例与 ε 都不同"), Ink.BLUE, sizes, both)
                .line(Words.of("the same examples, other ε", "样例相同，ε 不同"), Ink.ORANGE, sizes, alone);
        int last = sizes.length - 1;
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("one", both[0]);
        numbers.put("many", both[last]);
        numbers.put("oneOfNoise", alone[0]);
        numbers.put("slope", Math.log(both[last] / both[0]) / Math.log(sizes[last] / sizes[0]));
        double share = 0;
        for (int i = 0; i < sizes.length; i++) {
            share += alone[i] * alone[i] / (both[i] * both[i]) / sizes.length;
        }
        numbers.put("share", share);
        Sheet sheet = Sheet.of(
                Words.of(
                        "The noise of the gradient falls with the size of the batch, along a straight line in logarithms; most of"
                                + " it is that of ε.",
                        "梯度噪声随批量大小下降，在双对数坐标下成直线；其中大部分来自 ε。"),
                chart);
        return new Finding(sheet.sized(480, 330), numbers);
    }

    /** The mean gradient of many large batches. */
    private static double[] mean(Vae model, Examples examples, ParameterBuffer parameters, int count) {
        double[] sum = new double[(int) parameters.gradients().size(0)];
        for (int i = 0; i < count; i++) {
            double[] gradient = gradient(model, examples, parameters, (int) Math.min(examples.size(), 1000), i, i);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += gradient[j] / count;
            }
        }
        return sum;
    }

    /** The root of E |g − E g|², over |E g|. */
    private static double distance(
            Vae model,
            Examples examples,
            ParameterBuffer parameters,
            int size,
            int repeats,
            double[] exact,
            boolean alone) {
        double sum = 0;
        for (int i = 0; i < repeats; i++) {
            double[] gradient = gradient(model, examples, parameters, size, 100 + i, 1000 + i);
            // of the same examples, two gradients differ by twice the variance
            double[] from = alone ? gradient(model, examples, parameters, size, 100 + i, 5000 + i) : exact;
            sum += squares(gradient, from) / (alone ? 2 : 1) / repeats;
        }
        return Math.sqrt(sum / squares(exact, new double[exact.length]));
    }

    private static double squares(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** ∇ −ELBO of a batch. */
    private static double[] gradient(
            Vae model, Examples examples, ParameterBuffer parameters, int size, long batchSeed, long noiseSeed) {
        try (Scope scope = Scope.open("gradient")) {
            long[] rows = new Random(Rng.seedOf(batchSeed, 0))
                    .longs(size, 0, examples.size())
                    .toArray();
            Batch batch = examples.batch(rows, Rng.seeded(batchSeed, Device.CPU));
            Step step = new Step(noiseSeed, 1, examples.size(), Device.CPU);
            step.advance(0, 0);
            parameters.clearGradients();
            Elbo.standard().loss(model, batch, step).total().backward();
            return parameters.gradients().toHost().toDoubles();
        }
    }
}
