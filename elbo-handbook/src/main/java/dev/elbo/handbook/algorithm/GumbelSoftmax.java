package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.Concrete;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A choice of two classes, π = (0.3, 0.7), relaxed at several temperatures: samples and densities, and what the relaxation costs. f(z) =
 * (z₁ − 0.2)² is to be learned from; the exact gradient of E f for the first logit is π₁ π₂ (f(1) − f(0)). Maddison et al. (2017);
 * Jang et al. (2017).
 */
public final class GumbelSoftmax implements Experiment {
    private static final double FIRST = 0.3;
    private static final double AIM = 0.2;
    private static final int BARS = 40;
    private static final double EXACT = FIRST * (1 - FIRST) * ((1 - AIM) * (1 - AIM) - AIM * AIM);

    @Override
    public String name() {
        return "gumbel-softmax";
    }

    @Override
    public Finding run(Effort effort) {
        int count = effort.of(100_000, 500);
        double[] temperatures = effort == Effort.FULL
                ? new double[] {0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.45, 0.67, 1, 1.5, 2.2, 3.3, 5}
                : new double[] {0.5, 1};
        double[] bias = new double[temperatures.length];
        double[] deviation = new double[temperatures.length];
        for (int i = 0; i < temperatures.length; i++) {
            double[] gradient = gradient(temperatures[i], count);
            bias[i] = Math.abs(gradient[0] - EXACT);
            deviation[i] = gradient[1];
        }
        List<Panel> panels = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (double temperature : new double[] {0.2, 0.67, 2}) {
            panels.add(histogram(temperature, count));
            double[] gradient = gradient(temperature, count);
            numbers.put("bias" + Math.round(100 * temperature), gradient[0] - EXACT);
            numbers.put("deviation" + Math.round(100 * temperature), gradient[1]);
        }
        panels.add(Chart.titled(Words.of("What relaxing costs", "松弛的代价"))
                .xLogarithmic()
                .yLogarithmic()
                .x(Words.of("temperature T", "温度 T"))
                .y(Words.of("of the gradient for the first logit", "第一个 logit 的梯度"))
                .line(Words.of("bias", "偏差"), Ink.CRIMSON, temperatures, bias)
                .line(Words.of("deviation of one sample", "单个样本的标准差"), Ink.BLUE, temperatures, deviation));
        numbers.put("exact", EXACT);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Histograms and densities of the first share at three temperatures: at the ends when cold, in the middle"
                                + " when warm; and the bias and deviation of the gradient over the temperature.",
                        "三个温度下第一个份额的直方图与密度：低温时集中在两端，高温时集中在中间；以及梯度的偏差与标准差随温度的变化。"),
                panels.toArray(Panel[]::new));
        return new Finding(sheet, numbers);
    }

    private static Chart histogram(double temperature, int count) {
        try (Scope scope = Scope.open("histogram")) {
            Concrete q = concrete(logits(), temperature);
            double[] all = q.sample(count, Rng.seeded(1, Device.CPU)).toHost().toDoubles();
            double[] first = new double[count];
            for (int i = 0; i < count; i++) {
                first[i] = Math.min(all[2 * i], 1 - 1e-9);
            }
            double[] edges = Numbers.range(0, 1, BARS + 1);
            return Chart.titled(Words.same("T = " + temperature))
                    .x(Words.of("share of the first class", "第一类的份额"))
                    .xFrom(0, 1)
                    .yFrom(0, 6)
                    .histogram(Words.of("samples", "样本"), edges, Numbers.density(first, edges))
                    .curve(Words.of("density", "密度"), Ink.CRIMSON, 0.002, 0.998, z -> density(q, z));
        }
    }

    private static double density(Concrete q, double z) {
        try (Scope scope = Scope.open("density")) {
            return Math.exp(q.logProb(Tensor.of(new float[] {(float) z, (float) (1 - z)}, 2))
                    .item());
        }
    }

    /** Mean and standard deviation of the gradient of f of one relaxed choice for the first logit. */
    private static double[] gradient(double temperature, int count) {
        try (Scope scope = Scope.open("gradient")) {
            Tensor each = logits().plus(Tensor.zeros(Device.CPU, count, 2)).requireGradient(); // one for each sample
            Tensor z = concrete(each, temperature)
                    .rsample(1, Rng.seeded(2, Device.CPU))
                    .value(); // [1, count, 2]
            z.get(-1, 0).minus(AIM).square().sum().backward();
            Tensor gradient = each.gradient().get(-1, 0);
            return new double[] {
                gradient.mean().item(), Math.sqrt(gradient.variance(0).item())
            };
        }
    }

    private static Concrete concrete(Tensor logits, double temperature) {
        return new Concrete(logits, Tensor.scalar(temperature, Device.CPU));
    }

    private static Tensor logits() {
        return Tensor.of(new float[] {(float) Math.log(FIRST), (float) Math.log(1 - FIRST)}, 2);
    }
}
