package dev.elbo.handbook.practice;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Squares;
import dev.elbo.tensor.Parallel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** β-VAEs on shapes over β and over seeds: the mutual information gap, rate and distortion, with means and standard deviations. */
public final class BetaSweep implements Experiment {
    private static final double[] BETAS = {1, 2, 3, 4, 6};
    private static final int SEEDS = 5;

    /** What one training came to. */
    private record Outcome(double gap, double rate, double distortion) {}

    @Override
    public String name() {
        return "beta-sweep";
    }

    @Override
    public Finding run(Effort effort) {
        int seeds = effort.of(SEEDS, 2);
        double[] betas = effort == Effort.FULL ? BETAS : Arrays.copyOf(BETAS, 2);
        Squares shapes = BetaVae.shapes(effort);
        List<Outcome> outcomes =
                Parallel.map(betas.length * seeds, i -> outcome(shapes, betas[i / seeds], 1 + i % seeds, effort));
        Figures gap = new Figures(betas, seeds, outcomes, Outcome::gap);
        Figures rate = new Figures(betas, seeds, outcomes, Outcome::rate);
        Figures distortion = new Figures(betas, seeds, outcomes, Outcome::distortion);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left, the mutual information gap over β: it rises from β = 1 to 3 and falls beyond, and seeds differ as much"
                                + " as neighbouring β do. Right, the rate falls and the distortion rises with β.",
                        "左：互信息间隙随 β 变化，从 β = 1 到 3 上升，之后下降；不同种子之间的差别与相邻 β 之间的差别一样大。右：β 越大，码率越低，失真越高。"),
                gaps(betas, gap),
                parts(betas, rate, distortion));
        Map<String, Double> numbers = new LinkedHashMap<>();
        gap.tell("gap", numbers);
        rate.tell("rate", numbers);
        distortion.tell("distortion", numbers);
        return new Finding(sheet.sized(390, 300), numbers);
    }

    private static Outcome outcome(Squares shapes, double beta, long seed, Effort effort) {
        try (Fitted vae = BetaVae.train(shapes, beta, seed, effort)) {
            Posteriors q = Posteriors.of(vae);
            double gap =
                    Information.of(q.means(), q.deviations(), shapes.factors()).gap();
            return new Outcome(gap, vae.bound().rate(), vae.bound().distortion());
        }
    }

    private static Chart gaps(double[] betas, Figures gap) {
        Chart chart = Chart.titled(Words.of("Disentanglement over β", "解耦程度随 β 的变化"))
                .x(Words.same("β"))
                .y(Words.of("mutual information gap", "互信息间隙"))
                .yFromZero()
                .band(Ink.BLUE, betas, gap.shifted(-1), gap.shifted(1))
                .line(Words.of("mean ± standard deviation", "均值 ± 标准差"), Ink.BLUE, betas, gap.means());
        double[] each = Arrays.stream(betas)
                .flatMap(beta -> Arrays.stream(new double[gap.seeds()]).map(i -> beta))
                .toArray();
        return chart.dots(Words.of("one seed", "一个种子"), Ink.ORANGE, 3, each, gap.all());
    }

    private static Chart parts(double[] betas, Figures rate, Figures distortion) {
        return Chart.titled(Words.of("What it costs", "代价"))
                .x(Words.same("β"))
                .y(Words.of("nats per image", "每幅图像的奈特数"))
                .yFromZero()
                .band(Ink.ORANGE, betas, distortion.shifted(-1), distortion.shifted(1))
                .line(Words.of("distortion", "失真"), Ink.ORANGE, betas, distortion.means())
                .band(Ink.GREEN, betas, rate.shifted(-1), rate.shifted(1))
                .line(Words.of("rate", "码率"), Ink.GREEN, betas, rate.means());
    }

    /** One figure of all trainings, seed by seed within β by β. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Figures(double[] betas, int seeds, List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        double[] all() {
            return outcomes.stream().mapToDouble(figure).toArray();
        }

        private double[] of(int beta) {
            return Arrays.copyOfRange(all(), beta * seeds, (beta + 1) * seeds);
        }

        double[] means() {
            return shifted(0);
        }

        /** The means, moved by so many standard deviations over seeds. */
        double[] shifted(double by) {
            double[] shifted = new double[betas.length];
            Arrays.setAll(shifted, i -> mean(of(i)) + by * deviation(of(i)));
            return shifted;
        }

        void tell(String name, Map<String, Double> numbers) {
            for (int i = 0; i < betas.length; i++) {
                numbers.put(name + (int) betas[i], mean(of(i)));
                numbers.put(name + "Spread" + (int) betas[i], deviation(of(i)));
            }
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }

        private static double deviation(double[] values) {
            double mean = mean(values);
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            return Math.sqrt(squares / (values.length - 1));
        }
    }
}
