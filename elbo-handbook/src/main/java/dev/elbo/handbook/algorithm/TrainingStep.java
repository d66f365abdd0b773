package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Digits;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.train.Composition;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One step of training a small VAE of digits, with the numbers of a real batch: forwards, the loss, and the gradients. */
public final class TrainingStep implements Experiment {
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 1e-3;

    @Override
    public String name() {
        return "training-step";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("training step")) {
            SmallTraining training = new SmallTraining(
                    Digits.of(effort, 4000, 500), Map.of("epochs", effort.of(4, 1) + "", "learningRate", "0.003"));
            Vae model = training.vae(64, 64, 2);
            training.train(Composition.of(model, Elbo.standard()));
            Batch batch = training.first(
                    training.test(), Math.min(BATCH, (int) training.test().size()));
            Map<String, Double> numbers = new LinkedHashMap<>();
            Diagram diagram = forwards(model, batch, numbers);
            step(model, batch, numbers);
            backwards(diagram, numbers);
            Sheet sheet = Sheet.of(
                    Words.of(
                            "A training step as a diagram: a digit, the encoder, mean and scale, noise, the latent variable, the"
                                    + " decoder, the reconstruction, distortion and rate, and the norms of their gradients.",
                            "一步训练的示意图：数字、编码器、均值与标准差、噪声、潜变量、解码器、重构、失真与码率，以及它们的梯度范数。"),
                    diagram);
            return new Finding(sheet.sized(640, 500), numbers);
        }
    }

    /** A step as the book's readers would write it: the loss, its gradients, the rule. */
    private static void step(Vae model, Batch batch, Map<String, Double> numbers) {
        ParameterBuffer parameters = new ParameterBuffer(model.parameters());
        Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
        adam.learningRate().fill(LEARNING_RATE);
        Step step = new Step(3, 1, batch.get("image").size(0), Device.CPU);
        step.advance(0, 0);
        numbers.put("before", take(model, batch, step, parameters, numbers));
        adam.step();
        numbers.put("after", take(model, batch, step, parameters, new LinkedHashMap<>()));
    }

    /** −ELBO of a batch, with gradients of all parameters. */
    private static double take(
            Vae model, Batch batch, Step step, ParameterBuffer parameters, Map<String, Double> numbers) {
        parameters.clearGradients();
        Loss loss = Elbo.standard().loss(model, batch, step);
        loss.total().backward();
        numbers.put(
                "distortion",
                Objects.requireNonNull(loss.terms().get("distortion")).item());
        numbers.put("rate", Objects.requireNonNull(loss.terms().get("rate")).item());
        numbers.put("encoderGradient", norm(model, "posterior."));
        numbers.put("decoderGradient", norm(model, "likelihood."));
        return loss.total().item();
    }

    /** The Euclidean norm of the gradients of the parameters whose names begin so. */
    private static double norm(Vae model, String beginning) {
        double squares = 0;
        for (Map.Entry<String, Tensor> parameter : model.parameters().entrySet()) {
            if (parameter.getKey().startsWith(beginning)) {
                squares += parameter.getValue().gradient().square().sum().item();
            }
        }
        return Math.sqrt(squares);
    }

    /** What the first example of the batch becomes on its way. */
    private static Diagram forwards(Vae model, Batch batch, Map<String, Double> numbers) {
        Draw draw = model.draw(batch, 1, Pass.training(Rng.seeded(3, Device.CPU)));
        Latent z = draw.latents().get(0);
        if (!(z.posterior() instanceof DiagonalNormal q)) {
            throw new IllegalStateException("Bug: the posterior is " + z.posterior());
        }
        double[] mu = two(q.loc().get(0, 0));
        double[] sigma = two(q.logVar().get(0, 0).times(0.5).exp());
        double[] value = two(z.value().get(0, 0).get(0, 0));
        double[] noise = {(value[0] - mu[0]) / sigma[0], (value[1] - mu[1]) / sigma[1]};
        Tensor one = z.value().get(0, 0).narrow(0, 0, 1);
        HostArray reconstruction = Objects.requireNonNull(model.decode(Map.of(Vae.Z, one), batch, Pass.deterministic())
                        .get("image"))
                .centre()
                .detach()
                .toHost();
        numbers.put("distortionOfOne", -draw.logLikelihood().get(0, 0).get(0, 0).item());
        numbers.put("rateOfOne", draw.kl().get(0, 0).item());
        numbers.put("mu1", mu[0]);
        numbers.put("sigma1", sigma[0]);
        numbers.put("epsilon1", noise[0]);
        numbers.put("z1", value[0]);
        return Diagram.titled(Words.of("One step of training", "一步训练"))
                .picture("x", 0.1, 0.15, batch.get("image").narrow(0, 0, 1).toHost(), Words.same("x"))
                .box("encoder", 0.33, 0.15, Ink.BLUE, Words.of("encoder φ", "编码器 φ"))
                .box("q", 0.61, 0.15, Words.same("μ = " + pair(mu) + "\nσ = " + pair(sigma)))
                .box(
                        "rate",
                        0.91,
                        0.15,
                        Ink.ORANGE,
                        nats("rate", "码率", Objects.requireNonNull(numbers.get("rateOfOne"))))
                .box("noise", 0.755, 0.35, Ink.GREEN, Words.same("ε = " + pair(noise)))
                .box("z", 0.61, 0.52, Words.same("z = μ + σ ε\n= " + pair(value)))
                .box("decoder", 0.33, 0.52, Ink.BLUE, Words.of("decoder θ", "解码器 θ"))
                .picture("y", 0.1, 0.52, reconstruction, Words.same("x̂"))
                .box(
                        "distortion",
                        0.1,
                        0.9,
                        Ink.ORANGE,
                        nats("distortion", "失真", Objects.requireNonNull(numbers.get("distortionOfOne"))))
                .arrow("x", "encoder")
                .arrow("encoder", "q")
                .arrow("q", "rate")
                .arrow("q", "z")
                .arrow("noise", "z")
                .arrow("z", "decoder")
                .arrow("decoder", "y");
    }

    private static void backwards(Diagram diagram, Map<String, Double> numbers) {
        diagram.box(
                        "loss",
                        0.88,
                        0.9,
                        Ink.CRIMSON,
                        Words.of(
                                "mean of the batch\n−ELBO = " + number(Objects.requireNonNull(numbers.get("before"))),
                                "批次均值\n负 ELBO = " + number(Objects.requireNonNull(numbers.get("before")))))
                .arrow("y", "distortion")
                .arrow("distortion", "loss")
                .arrow("rate", "loss")
                .note(
                        0.33,
                        0.24,
                        Ink.CRIMSON,
                        Words.of(
                                "norm of gradient " + number(Objects.requireNonNull(numbers.get("encoderGradient"))),
                                "梯度范数 " + number(Objects.requireNonNull(numbers.get("encoderGradient")))))
                .note(
                        0.33,
                        0.62,
                        Ink.CRIMSON,
                        Words.of(
                                "norm of gradient " + number(Objects.requireNonNull(numbers.get("decoderGradient"))),
                                "梯度范数 " + number(Objects.requireNonNull(numbers.get("decoderGradient")))));
    }

    private static Words nats(String en, String zh, Double value) {
        return Words.of(en + "\n" + number(value) + " nats", zh + "\n" + number(value) + " 奈特");
    }

    private static double[] two(Tensor vector) {
        return vector.detach().toHost().toDoubles();
    }

    private static String pair(double... values) {
        return "(" + number(values[0]) + ", " + number(values[1]) + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value)
                .replace('-', '−');
    }
}
