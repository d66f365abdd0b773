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
import dev.elbo.handbook.background.Between;
import dev.elbo.handbook.background.History;
import dev.elbo.handbook.background.Kinds;
import dev.elbo.handbook.background.LearntDensity;
import dev.elbo.handbook.background.PointsAndClouds;
import dev.elbo.handbook.concepts.AggregatedPosterior;
import dev.elbo.handbook.concepts.Bottleneck;
import dev.elbo.handbook.concepts.CoinPosterior;
import dev.elbo.handbook.concepts.EncoderDecoder;
import dev.elbo.handbook.concepts.FittingQ;
import dev.elbo.handbook.concepts.FiveAutoencoders;
import dev.elbo.handbook.concepts.JensenGap;
import dev.elbo.handbook.concepts.JointPicture;
import dev.elbo.handbook.concepts.MarkovField;
import dev.elbo.handbook.concepts.MeanFieldNormal;
import dev.elbo.handbook.concepts.MixtureInference;
import dev.elbo.handbook.concepts.TwoKls;
import dev.elbo.handbook.concepts.TwoNodes;
import dev.elbo.handbook.concepts.VaeGraph;
import dev.elbo.handbook.draw.Language;
import dev.elbo.handbook.mathematics.GenerativeAndInference;
import dev.elbo.handbook.mathematics.ImportanceBounds;
import dev.elbo.handbook.mathematics.LikelihoodWidth;
import dev.elbo.handbook.mathematics.LinearVaeAndPca;
import dev.elbo.handbook.mathematics.NormalDivergence;
import dev.elbo.handbook.mathematics.NormalShell;
import dev.elbo.handbook.mathematics.PriorsAndCodes;
import dev.elbo.handbook.mathematics.Surgery;
import dev.elbo.handbook.mathematics.ThreeElbos;
import dev.elbo.handbook.mathematics.TwoJoints;
import dev.elbo.handbook.practice.BetaReconstructions;
import dev.elbo.handbook.practice.BetaSweep;
import dev.elbo.handbook.practice.Binarisation;
import dev.elbo.handbook.practice.ConditionalGraphs;
import dev.elbo.handbook.practice.ConditionalNetworks;
import dev.elbo.handbook.practice.DigitsOnDemand;
import dev.elbo.handbook.practice.Disentanglement;
import dev.elbo.handbook.practice.Manifold;
import dev.elbo.handbook.practice.MnistVae;
import dev.elbo.handbook.practice.Networks;
import dev.elbo.handbook.practice.Optimizers;
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
            // 1 background
            new LearntDensity(),
            new History(),
            new Kinds(),
            new PointsAndClouds(),
            new Between(),
            // 2 concepts
            new TwoNodes(),
            new MarkovField(),
            new JointPicture(),
            new CoinPosterior(),
            new FittingQ(),
            new TwoKls(),
            new MeanFieldNormal(),
            new MixtureInference(),
            new EncoderDecoder(),
            new Bottleneck(),
            new FiveAutoencoders(),
            new VaeGraph(),
            new JensenGap(),
            new AggregatedPosterior(),
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
            new GenerativeAndInference(),
            new TwoJoints(),
            new PriorsAndCodes(),
            new ImportanceBounds(),
            new Surgery(),
            new ThreeElbos(),
            new NormalShell(),
            new NormalDivergence(),
            new LikelihoodWidth(),
            new LinearVaeAndPca(),
            // 5 practice
            new Binarisation(),
            new Networks(),
            new Optimizers(),
            new MnistVae(),
            new Manifold(),
            new ConditionalGraphs(),
            new ConditionalNetworks(),
            new DigitsOnDemand(),
            new BetaReconstructions(),
            new Disentanglement(),
            new BetaSweep(),
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
