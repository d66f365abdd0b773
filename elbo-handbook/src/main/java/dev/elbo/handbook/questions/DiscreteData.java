package dev.elbo.handbook.questions;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Pointers;
import dev.elbo.handbook.toy.Sentences;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.posterior.NormalHead;
import dev.elbo.posterior.RelaxedChoices;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Discrete data from a continuous latent space: binary pixels, rows of categories, sentences. The likelihood decides: the same binary
 * pixels under a Bernoulli and under a normal likelihood.
 */
public final class DiscreteData implements Experiment {
    private static final int COLUMNS = 6;
    private static final int ATTRIBUTES = 3;
    private static final int CLASSES = 4;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Sampled(double[] values, HostArray centres, HostArray samples) {}

    @Override
    public String name() {
        return "discrete-data";
    }

    @Override
    public Finding run(Effort effort) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Sampled bernoulli = pixels(effort, "bernoulli");
        Sampled normal = pixels(effort, "normal");
        numbers.put("bernoulliBinary", binary(bernoulli.values));
        numbers.put("normalBinary", binary(normal.values));
        numbers.put("normalOutside", outside(normal.values));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Binary pictures sampled by a Bernoulli and by a normal likelihood; the values of their pixels; frequencies"
                                + " of combinations of categories in the data and in samples; sampled sentences.",
                        "伯努利似然与高斯似然采样出的二值图片；它们的像素值；类别组合在数据与样本中的频率；采样出的句子。"),
                pictures(bernoulli, normal),
                histogram(bernoulli, normal),
                categories(effort, numbers),
                sentences(effort, numbers));
        return new Finding(sheet.sized(380, 300), numbers);
    }

    /** Samples of a VAE of binary pictures: z of the prior, and pixels of the likelihood. */
    private static Sampled pixels(Effort effort, String likelihood) {
        try (Scope scope = Scope.open(likelihood)) {
            SmallTraining training = new SmallTraining(
                    Pointers.of(effort.of(240, 24)),
                    Pixels.GREY,
                    Map.of(
                            "epochs",
                            effort.of(120, 2) + "",
                            "batch",
                            "40",
                            "learningRate",
                            "cosine(0.01, 0.001)",
                            "evaluateEvery",
                            "120"),
                    1);
            LatentVariableModel model = training.train(training.compose(
                    "vae", Map.of("likelihood", likelihood, "latents", "2", "hidden", "64", "activation", "tanh")));
            Distribution p = generated(model, effort.of(200, COLUMNS), "image");
            Tensor samples = p.sample(1, Rng.seeded(5, Device.CPU)).squeeze(0);
            return new Sampled(samples.toHost().toDoubles(), few(p.centre()), few(samples));
        }
    }

    /** What the likelihood says at samples of the prior. */
    private static Distribution generated(LatentVariableModel model, int count, String field) {
        try (GradientMode off = GradientMode.off()) {
            Batch none = new Batch(Map.of());
            Map<String, Tensor> z = model.latents(count, none, 1, Pass.evaluation(Rng.seeded(4, Device.CPU)));
            Distribution p = model.decode(z, none, Pass.deterministic()).get(field);
            if (p == null) {
                throw new IllegalStateException("Bug: the model has no field " + field);
            }
            return p;
        }
    }

    private static HostArray few(Tensor images) {
        return images.narrow(0, 0, COLUMNS).detach().clamp(0, 1).toHost();
    }

    private static Pictures pictures(Sampled bernoulli, Sampled normal) {
        DataSource data = Pointers.of(COLUMNS);
        return new Pictures(
                Words.of("Binary pictures", "二值图片"),
                HostArray.concat(List.of(
                        data.train().field("image").toHost(),
                        bernoulli.centres,
                        bernoulli.samples,
                        normal.centres,
                        normal.samples)),
                COLUMNS,
                List.of(
                        Words.of("data", "数据"),
                        Words.of("Bernoulli, centre", "伯努利，中心"),
                        Words.of("Bernoulli, sample", "伯努利，样本"),
                        Words.of("normal, centre", "高斯，中心"),
                        Words.of("normal, sample", "高斯，样本")));
    }

    private static Chart histogram(Sampled bernoulli, Sampled normal) {
        double[] edges = Numbers.range(-0.525, 1.525, 42);
        return Chart.titled(Words.of("Values of sampled pixels", "采样出的像素的值"))
                .x(Words.of("pixel", "像素"))
                .y(Words.of("density", "密度"))
                .histogram(Words.of("Bernoulli", "伯努利"), edges, Numbers.density(bernoulli.values, edges))
                .histogram(Words.of("normal", "高斯"), edges, Numbers.density(normal.values, edges));
    }

    private static double binary(double... values) {
        int count = 0;
        for (double value : values) {
            count += value == 0 || value == 1 ? 1 : 0;
        }
        return (double) count / values.length;
    }

    private static double outside(double... values) {
        int count = 0;
        for (double value : values) {
            count += value < 0 || value > 1 ? 1 : 0;
        }
        return (double) count / values.length;
    }

    /** Rows of three categories that hang together, as one-hot vectors; the frequency of each of the 64 combinations. */
    private static Chart categories(Effort effort, Map<String, Double> numbers) {
        try (Scope scope = Scope.open("categories")) {
            int count = effort.of(4000, 100);
            DataSource data = rows(count);
            SmallTraining training = new SmallTraining(
                    data,
                    Pixels.GREY,
                    Map.of("epochs", effort.of(25, 1) + "", "batch", "100", "learningRate", "cosine(0.01, 0.001)"),
                    1);
            Vae model = choices(training.initial());
            training.train(Composition.of(model, Elbo.standard()));
            Tensor sampled = generated(model, count, "row")
                    .sample(1, Rng.seeded(5, Device.CPU))
                    .squeeze(0);
            double[] real = frequencies(data.train().field("row").toHost().toDoubles());
            double[] made = frequencies(sampled.toHost().toDoubles());
            double apart = 0;
            for (int i = 0; i < real.length; i++) {
                apart += Math.abs(real[i] - made[i]) / 2;
            }
            numbers.put("categoriesApart", apart);
            double most = Math.max(Numbers.most(real), Numbers.most(made));
            return Chart.titled(Words.of("Combinations of three categories", "三个类别的组合"))
                    .x(Words.of("frequency in the data", "数据中的频率"))
                    .y(Words.of("frequency in samples", "样本中的频率"))
                    .line(Words.of("equal", "相等"), Ink.SLATE, new double[] {0, most}, new double[] {0, most})
                    .dots(Words.of("one of 64", "64 种之一"), Ink.BLUE, 4, real, made);
        }
    }

    /** A VAE of rows of choices: the likelihood is a categorical distribution for each. */
    private static Vae choices(Initializer initial) {
        long width = (long) ATTRIBUTES * CLASSES;
        return new Vae(
                new StandardNormal(2, Device.CPU),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(Linear.of(width, 64, initial), Activation.TANH, Linear.of(64, 4, initial)),
                        new NormalHead()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(Linear.of(2, 64, initial), Activation.TANH, Linear.of(64, width, initial)),
                        new RelaxedChoices.Logits(ATTRIBUTES, CLASSES)),
                "row",
                List.of(),
                2);
    }

    /** A season, and three attributes that follow it nine times in ten. */
    private static DataSource rows(int count) {
        Random random = new Random(1);
        float[] rows = new float[count * ATTRIBUTES * CLASSES];
        for (int i = 0; i < count; i++) {
            int season = random.nextInt(CLASSES);
            for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
                int chosen = random.nextDouble() < 0.9 ? season : random.nextInt(CLASSES);
                rows[(i * ATTRIBUTES + attribute) * CLASSES + chosen] = 1;
            }
        }
        DataSpec spec = new DataSpec("rows", Map.of("row", new Field.Table(ATTRIBUTES * CLASSES)), "");
        return new DataSource(
                spec,
                new Split(Map.of("row", HostArray.of(rows, count, (long) ATTRIBUTES * CLASSES))),
                Optional.empty());
    }

    private static double[] frequencies(double... rows) {
        double[] frequencies = new double[CLASSES * CLASSES * CLASSES];
        int width = ATTRIBUTES * CLASSES;
        for (int i = 0; i < rows.length / width; i++) {
            int combination = 0;
            for (int j = 0; j < width; j++) {
                combination += rows[i * width + j] == 1 ? j % CLASSES * place(j / CLASSES) : 0;
            }
            frequencies[combination] += (double) width / rows.length;
        }
        return frequencies;
    }

    /** What a class of this attribute counts in the number of a combination. */
    private static int place(int attribute) {
        return (int) Math.pow(CLASSES, attribute);
    }

    /** Sentences, word by word, each from a z of the prior. */
    private static Diagram sentences(Effort effort, Map<String, Double> numbers) {
        try (Scope scope = Scope.open("sentences")) {
            DataSource data = Sentences.of(effort.of(1200, 60), effort.of(100, 20));
            SmallTraining training = new SmallTraining(
                    data,
                    Pixels.GREY,
                    Map.of("epochs", effort.of(15, 1) + "", "batch", "40", "learningRate", "0.006"),
                    1);
            LatentVariableModel model = training.train(training.compose(
                    "sentence-vae",
                    Map.of(
                            "embedding",
                            "12",
                            "hidden",
                            "32",
                            "latents",
                            "4",
                            "wordDropout",
                            "0.3",
                            "freeBits",
                            "latent(3)")));
            Tensor tokens = generated(model, effort.of(200, 8), "text")
                    .sample(1, Rng.seeded(5, Device.CPU))
                    .squeeze(0);
            List<String> lines = new ArrayList<>();
            if (!(data.spec().field("text") instanceof Field.Tokens text)) {
                throw new IllegalStateException("Bug: the sentences are no tokens");
            }
            for (int i = 0; i < tokens.size(0); i++) {
                lines.add(text.vocabulary().decode(tokens.get(0, i).toHost().toLongs()));
            }
            numbers.put(
                    "sentencesRight",
                    (double) lines.stream().filter(Sentences::canOccur).count() / lines.size());
            return Diagram.titled(Words.of("Sampled sentences", "采样出的句子"))
                    .note(
                            0.5,
                            0.42,
                            Ink.TEXT,
                            Words.same(String.join("\n", lines.subList(0, 8)).replace("\n", "\n\n")));
        }
    }
}
