package dev.elbo.handbook.algorithm;

import dev.elbo.data.Pixels;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Sentences;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.tensor.Scope;
import dev.elbo.train.TrainingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A VAE of sentences whose decoder, a recurrent network, can do without z: it is trained as it is, with β that rises from 0, and with
 * free bits. Bowman et al. (2016), section 3.1; Kingma et al. (2016), eq. 15.
 */
public final class CollapseRescued implements Experiment {
    private static final double FREE = 3;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Course(double[] rate, double[] negElbo) {}

    @Override
    public String name() {
        return "collapse-rescued";
    }

    @Override
    public Finding run(Effort effort) {
        int epochs = effort.of(20, 2);
        Chart rates = Chart.titled(Words.of("Rate on held-out sentences", "留出句子上的码率"))
                .x(Words.of("epoch", "轮"))
                .y(Words.of("nats", "奈特"))
                .yFromZero();
        Chart bounds = Chart.titled(Words.of("Negative ELBO on held-out sentences", "留出句子上的负 ELBO"))
                .x(Words.of("epoch", "轮"))
                .y(Words.of("nats", "奈特"))
                .yFrom(7, 16);
        Map<String, Double> numbers = new HashMap<>();
        add(rates, bounds, numbers, Words.of("plain", "不加处理"), Ink.CRIMSON, "plain", course(effort, epochs, Map.of()));
        add(
                rates,
                bounds,
                numbers,
                Words.of("β annealed over 10 epochs", "β 在 10 轮内退火"),
                Ink.ORANGE,
                "annealed",
                course(effort, epochs, Map.of("beta", "linear(0, 1, 10)")));
        add(
                rates,
                bounds,
                numbers,
                Words.of("3 nats free", "3 奈特自由比特"),
                Ink.BLUE,
                "free",
                course(effort, epochs, Map.of("freeBits", "latent(" + FREE + ")")));
        Sheet sheet = Sheet.of(
                Words.of(
                        "The rate and the negative ELBO over epochs of three trainings: plain, where the rate falls to nothing;"
                                + " annealed; and with free bits.",
                        "三种训练的码率与负 ELBO 随轮次的变化：不加处理时码率降到零；退火；自由比特。"),
                rates,
                bounds);
        return new Finding(sheet.sized(380, 310), numbers);
    }

    private static void add(
            Chart rates, Chart bounds, Map<String, Double> numbers, Words name, Ink ink, String key, Course course) {
        int last = course.rate.length - 1;
        double[] epochs = Numbers.range(1, last + 1.0, last + 1);
        rates.line(name, ink, epochs, course.rate);
        bounds.line(name, ink, epochs, course.negElbo);
        numbers.put(key + "Rate", course.rate[last]);
        numbers.put(key + "NegElbo", course.negElbo[last]);
        numbers.put(key + "MostRate", Numbers.most(course.rate));
        numbers.put(key + "LeastRate", Arrays.stream(course.rate).min().orElseThrow());
    }

    /** Rate and bound after every epoch. */
    private static Course course(Effort effort, int epochs, Map<String, String> remedy) {
        try (Scope scope = Scope.open("course")) {
            SmallTraining training = new SmallTraining(
                    Sentences.of(effort.of(800, 60), effort.of(100, 20)),
                    Pixels.GREY,
                    Map.of("epochs", epochs + "", "batch", "40", "learningRate", "0.005"),
                    1);
            Map<String, String> options = new LinkedHashMap<>(
                    Map.of("embedding", "12", "hidden", "32", "latents", "4", "wordDropout", "0", "freeBits", "0"));
            options.putAll(remedy);
            List<TrainingEvent.Evaluated> evaluations = new ArrayList<>();
            training.train(training.compose("sentence-vae", options), event -> {
                if (event instanceof TrainingEvent.Evaluated evaluated) {
                    evaluations.add(evaluated);
                }
            });
            return new Course(term(evaluations, "rate"), term(evaluations, "negElbo"));
        }
    }

    private static double[] term(List<TrainingEvent.Evaluated> evaluations, String name) {
        return evaluations.stream()
                .mapToDouble(evaluated -> evaluated.terms().getOrDefault(name, Double.NaN))
                .toArray();
    }
}
