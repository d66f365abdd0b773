package dev.elbo.handbook.practice;

import dev.elbo.data.DataSource;
import dev.elbo.data.Pixels;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first epoch of the default VAE under four optimizers, each at a usual learning rate of its own. */
public final class Optimizers implements Experiment {
    /** An optimizer and its learning rate. */
    private record Rule(String optimizer, String learningRate) {}

    private static final List<Rule> RULES = List.of(
            new Rule("adam", "0.001"),
            new Rule("adamax", "0.002"),
            new Rule("rmsprop", "0.001"),
            new Rule("sgd", "0.01"));

    @Override
    public String name() {
        return "mnist-optimizers";
    }

    @Override
    public Finding run(Effort effort) {
        DataSource data = Mnist.of(effort);
        Chart chart = Chart.titled(Words.of("The first epoch on MNIST", "MNIST 上的第一轮训练"))
                .x(Words.of("step", "训练步"))
                .y(Words.of("−ELBO in nats, mean of 20 steps", "−ELBO（奈特），每 20 步的平均"));
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Rule rule : RULES) {
            double[][] curve = firstEpoch(rule, data, effort);
            chart.line(Words.same(rule.optimizer() + ", " + rule.learningRate()), curve[0], curve[1]);
            numbers.put(rule.optimizer(), curve[1][curve[1].length - 1]);
        }
        Sheet sheet = Sheet.of(
                Words.of(
                        "Four curves of −ELBO over the steps of the first epoch, which fall together to about 200 nats; at the"
                                + " end Adam is lowest, and plain gradient descent highest.",
                        "第一轮训练中四种优化器的 −ELBO 曲线：先一同降到约 200 奈特，最后 Adam 最低，普通梯度下降最高。"),
                chart.yFrom(100, 320));
        return new Finding(sheet.sized(520, 330), numbers);
    }

    private static double[][] firstEpoch(Rule rule, DataSource data, Effort effort) {
        Map<String, String> settings = Map.of(
                "epochs", "1",
                "optimizer", rule.optimizer(),
                "learningRate", rule.learningRate(),
                "logEvery", Integer.toString(effort.of(20, 1)));
        try (Fitted fitted = Fitted.of(MnistVae.recipe(effort, Map.of()), data, Pixels.DYNAMIC, settings, 1)) {
            return fitted.curve("negElbo");
        }
    }
}
