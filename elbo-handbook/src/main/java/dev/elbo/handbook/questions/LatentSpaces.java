package dev.elbo.handbook.questions;

import dev.elbo.data.Batch;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Parameterised;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Pointers;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Vae;
import dev.elbo.model.VqVae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Codebook;
import dev.elbo.nn.FiniteScalars;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Quantiser;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Quantised;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same pictures in six latent spaces: the plane, the circle, the hyperbolic disc, one choice among classes, the nearest vector of a
 * codebook, and a rounded plane. What differs between the pictures is an angle, so that their own space is a circle.
 */
public final class LatentSpaces implements Experiment {
    private static final int CODES = 16;
    private static final int SAMPLES = 10;
    private static final int EIGHTHS = 8;
    private static final double DARK = -2.5;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Space(Words name, String key, BoundEstimate bound, double[] x, double[] y, HostArray samples) {}

    @Override
    public String name() {
        return "latent-spaces";
    }

    @Override
    public Finding run(Effort effort) {
        Space plane = vector(effort, Words.of("Plane: normal", "平面：高斯"), "normal", "normal");
        Space circle = vector(effort, Words.of("Circle: von Mises–Fisher", "圆：von Mises–Fisher"), "vmf", "sphere");
        Space disc = vector(effort, Words.of("Hyperbolic disc", "双曲圆盘"), "poincare", "poincare");
        Space codebook = codes(effort, Words.of("Codebook: nearest vector", "码本：最近的向量"), "codebook", false);
        Space rounded = codes(effort, Words.of("Rounded plane: 4 × 4 levels", "取整的平面：4 × 4 级"), "rounded", true);
        List<Space> spaces = List.of(plane, circle, disc, choice(effort), codebook, rounded);
        List<Panel> panels = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Space space : spaces) {
            panels.add(chart(space));
            numbers.put(space.key + "NegElbo", space.bound.negElbo());
            numbers.put(space.key + "Rate", space.bound.rate());
            numbers.put(space.key + "Distortion", space.bound.distortion());
        }
        numbers.put("entropy", Math.log(effort.of(240, 24)));
        for (Space space : spaces.subList(3, spaces.size())) {
            numbers.put(space.key + "Codes", (double)
                    Arrays.stream(space.y).distinct().count());
        }
        List<Words> rows = List.of(
                Words.of("plane", "平面"),
                Words.of("circle", "圆"),
                Words.of("disc", "圆盘"),
                Words.of("choice", "选择"),
                Words.of("codebook", "码本"),
                Words.of("rounded", "取整"));
        panels.add(new Pictures(
                Words.of("Decoded samples of each prior", "各先验样本的解码结果"),
                HostArray.concat(spaces.stream().map(Space::samples).toList()),
                SAMPLES,
                rows));
        panels.add(bounds(spaces, rows));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Six charts of codes of the same pictures, coloured by the eighth of the circle that the pointer is in;"
                                + " decoded samples of each prior; and rate and distortion of each.",
                        "同一批图片在六种潜在空间里的编码，颜色表示指针所在的八分之一圆；各先验样本的解码结果；各自的码率与失真。"),
                panels.toArray(Panel[]::new));
        return new Finding(sheet.sized(370, 300), numbers);
    }

    private static SmallTraining training(Effort effort, int epochs, String learningRate) {
        return new SmallTraining(
                Pointers.of(effort.of(240, 24)),
                Pixels.GREY,
                Map.of(
                        "epochs",
                        effort.of(epochs, 2) + "",
                        "batch",
                        "40",
                        "learningRate",
                        learningRate,
                        "evaluateEvery",
                        "1000"),
                1);
    }

    /** Trains a decoder that begins with dark pixels: else all pictures first push their codes the same way, and discrete ones stay there. */
    private static LatentVariableModel trained(SmallTraining training, Composition composition) {
        composition.model().parameters().forEach((name, parameter) -> {
            if (name.startsWith("likelihood")
                    && parameter.rank() == 1
                    && parameter.size(0) == Pointers.SIDE * Pointers.SIDE) {
                parameter.detach().fill(DARK);
            }
        });
        return training.train(composition);
    }

    /** A VAE whose latent is a vector: only prior and posterior differ. */
    private static Space vector(Effort effort, Words name, String posterior, String prior) {
        try (Scope scope = Scope.open(prior)) {
            SmallTraining training = training(effort, 120, "cosine(0.01, 0.0005)");
            Map<String, String> options =
                    new LinkedHashMap<>(Map.of("latents", "2", "hidden", "64", "activation", "tanh"));
            options.putAll(Map.of("posterior", posterior, "prior", prior));
            LatentVariableModel model = trained(training, training.compose("vae", options));
            double[][] codes = points(encoded(training, model, Vae.Z));
            return space(training, model, name, prior, codes[0], codes[1]);
        }
    }

    /** A VAE whose latent is one choice among classes. */
    private static Space choice(Effort effort) {
        try (Scope scope = Scope.open("choice")) {
            SmallTraining training = training(effort, 120, "cosine(0.01, 0.0005)");
            LatentVariableModel model = trained(
                    training,
                    training.compose(
                            "concrete-vae",
                            Map.of(
                                    "choices",
                                    "1",
                                    "classes",
                                    CODES + "",
                                    "hidden",
                                    "64",
                                    "activation",
                                    "tanh",
                                    "temperature",
                                    "linear(1, 0.5, 60)")));
            double[] classes =
                    encoded(training, model, Vae.Z).argmax(-1).toHost().toDoubles();
            return space(
                    training,
                    model,
                    Words.of("Choice: one of 16 classes", "选择：16 类之一"),
                    "choice",
                    angles(classes.length),
                    classes);
        }
    }

    /** An autoencoder whose codes are quantised, beside a uniform prior over them. */
    private static Space codes(Effort effort, Words name, String key, boolean rounded) {
        try (Scope scope = Scope.open(key)) {
            SmallTraining training = training(effort, 150, "cosine(0.005, 0.0005)");
            Initializer initial = training.initial();
            Quantiser quantiser =
                    rounded ? new FiniteScalars(List.of(4, 4)) : Codebook.of(CODES, 2, 0.99, 0.05, initial);
            VqVae model = quantised(training, quantiser, initial);
            trained(training, Composition.of(model, new Quantised(0.25)));
            double[] codes = encoded(training, model, VqVae.CODES).toHost().toDoubles();
            return space(training, model, name, key, angles(codes.length), codes);
        }
    }

    private static VqVae quantised(SmallTraining training, Quantiser quantiser, Initializer initial) {
        Shape image = training.data().spec().field("image").shape();
        return new VqVae(
                Sequential.of(
                        Reshape.flatten(image),
                        Linear.of(image.elements(), 64, initial),
                        Activation.TANH,
                        Linear.of(64, 2, initial),
                        Reshape.unflatten(Shape.of(2, 1, 1))),
                quantiser,
                new UniformCodes(quantiser.codes()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(
                                Reshape.flatten(Shape.of(2, 1, 1)),
                                Linear.of(2, 64, initial),
                                Activation.TANH,
                                Linear.of(64, image.elements(), initial),
                                Reshape.unflatten(image.prepend(1))),
                        PixelLikelihood.bernoulli().head("image", initial)),
                "image",
                Shape.of(1, 1));
    }

    /** One code, all of them alike. */
    private record UniformCodes(long codes) implements Conditional<Distribution> {
        @Override
        public Categorical given(Pass pass, Tensor... parents) {
            return new Categorical(Tensor.zeros(Device.CPU, 1, 1, codes), 2);
        }
    }

    private static Space space(
            SmallTraining training, LatentVariableModel model, Words name, String key, double[] x, double[] y) {
        try (GradientMode off = GradientMode.off()) {
            Batch none = new Batch(Map.of());
            Pass pass = Pass.evaluation(Rng.seeded(4, Device.CPU));
            Map<String, Tensor> latents = model.latents(SAMPLES, none, 1, pass);
            Tensor pictures = model.decode(latents, none, Pass.deterministic())
                    .values()
                    .iterator()
                    .next()
                    .centre();
            return new Space(
                    name,
                    key,
                    BoundEstimate.of(model, training.test(), 1),
                    x,
                    y,
                    pictures.reshape(SAMPLES, 1, Pointers.SIDE, Pointers.SIDE).toHost());
        }
    }

    private static Tensor encoded(SmallTraining training, LatentVariableModel model, String latent) {
        try (GradientMode off = GradientMode.off()) {
            Batch all = training.first(training.test(), (int) training.test().size());
            Tensor codes = model.encode(all, Pass.deterministic()).get(latent);
            if (codes == null) {
                throw new IllegalStateException("Bug: the model has no latent " + latent);
            }
            return codes;
        }
    }

    /** [N, 2] as x and y. */
    private static double[][] points(Tensor codes) {
        return new double[][] {
            codes.get(-1, 0).toHost().toDoubles(), codes.get(-1, 1).toHost().toDoubles()
        };
    }

    private static double[] angles(int count) {
        return Arrays.stream(Numbers.range(0, 360 - 360.0 / count, count)).toArray();
    }

    private static Chart chart(Space space) {
        boolean choice = Numbers.most(space.x) > 180; // angles, and the code of each
        Chart chart = Chart.titled(space.name)
                .x(choice ? Words.of("angle of the pointer", "指针的角度") : Words.same("z₁"))
                .y(choice ? Words.of("code", "编码") : Words.same("z₂"));
        int each = space.x.length / EIGHTHS;
        for (int i = 0; i < EIGHTHS; i++) {
            chart.dots(
                    Words.same(""),
                    Ink.of(i),
                    3.5,
                    Arrays.copyOfRange(space.x, i * each, (i + 1) * each),
                    Arrays.copyOfRange(space.y, i * each, (i + 1) * each));
        }
        return chart;
    }

    private static Chart bounds(List<Space> spaces, List<Words> names) {
        return Chart.titled(Words.of("What each costs", "各自的代价"))
                .y(Words.of("nats", "奈特"))
                .bars(
                        Words.of("rate", "码率"),
                        names,
                        spaces.stream().mapToDouble(space -> space.bound.rate()).toArray())
                .bars(
                        Words.of("distortion", "失真"),
                        names,
                        spaces.stream()
                                .mapToDouble(space -> space.bound.distortion())
                                .toArray());
    }
}
