package dev.elbo.handbook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.WholeFile;
import dev.elbo.handbook.algorithm.AmortisationGap;
import dev.elbo.handbook.algorithm.CollapseRescued;
import dev.elbo.handbook.algorithm.DecoderPlane;
import dev.elbo.handbook.algorithm.GradientNoise;
import dev.elbo.handbook.algorithm.GradientVariance;
import dev.elbo.handbook.algorithm.GumbelSoftmax;
import dev.elbo.handbook.algorithm.ImplicitGradient;
import dev.elbo.handbook.algorithm.NormalReparameterisation;
import dev.elbo.handbook.algorithm.OptimizerPaths;
import dev.elbo.handbook.algorithm.OtherDistributions;
import dev.elbo.handbook.algorithm.PosteriorAndPrior;
import dev.elbo.handbook.algorithm.RateDistortion;
import dev.elbo.handbook.algorithm.TrainingStep;
import dev.elbo.handbook.draw.Language;
import dev.elbo.handbook.mathematics.ThreeElbos;
import dev.elbo.handbook.questions.DiscreteData;
import dev.elbo.handbook.questions.LatentSpaces;
import dev.elbo.handbook.questions.MovingTheMean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The experiments of the handbook, and the files that they become: a figure in each language, and numbers. */
public final class Handbook {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIGITS = 6;

    /** In the order of the chapters. */
    private static final List<Experiment> EXPERIMENTS = List.of(
            // 3 algorithm
            new TrainingStep(),
            new AmortisationGap(),
            new PosteriorAndPrior(),
            new DecoderPlane(),
            new GradientVariance(),
            new NormalReparameterisation(),
            new OtherDistributions(),
            new ImplicitGradient(),
            new GumbelSoftmax(),
            new OptimizerPaths(),
            new GradientNoise(),
            new RateDistortion(),
            new CollapseRescued(),
            // 4 mathematics
            new ThreeElbos(),
            // 9 questions
            new MovingTheMean(),
            new LatentSpaces(),
            new DiscreteData());

    private Handbook() {}

    /** All experiments, in the order of the chapters. */
    public static List<Experiment> experiments() {
        return EXPERIMENTS;
    }

    /**
     * The experiment of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Experiment named(String name) {
        return EXPERIMENTS.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the handbook has no figure '" + name + "'; it has "
                        + EXPERIMENTS.stream().map(Experiment::name).collect(Collectors.joining(", "))));
    }

    /**
     * Writes what an experiment found: {@code NAME.en.svg}, {@code NAME.zh.svg} and {@code NAME.json}.
     *
     * @param folder is made where it is missing
     * @throws IOException if a file cannot be written
     */
    public static void write(Experiment experiment, Effort effort, Path folder) throws IOException {
        Finding finding = experiment.run(effort);
        for (Language language : Language.values()) {
            write(
                    folder,
                    experiment.name() + "." + language.code() + ".svg",
                    finding.sheet().svg(language));
        }
        write(folder, experiment.name() + ".json", numbers(finding.numbers()));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        WholeFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** With as many digits as differences between processors leave alone, for most experiments. */
    private static String numbers(Map<String, Double> numbers) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(numbers).forEach((name, value) -> json.put(name, rounded(value)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? Double.parseDouble(String.format(Locale.ROOT, "%." + DIGITS + "g", value))
                : value;
    }
}
