package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Digits;
import dev.elbo.handbook.toy.SmallTraining;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
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
import java.util.Objects;

/** What β trades: the rate and the distortion of held-out digits, a training for each β. Alemi et al. (2018), section 2. */
public final class RateDistortion implements Experiment {
    private static final int COLUMNS = 5;

    private record Trained(double rate, double distortion, int active, HostArray reconstructions, HostArray samples) {}

    @Override
    public String name() {
        return "rate-distortion";
    }

    @Override
    public Finding run(Effort effort) {
        double[] betas = effort == Effort.FULL ? new double[] {0.1, 0.25, 0.5, 1, 2, 4, 8} : new double[] {0.1, 1, 8};
        double[] rates = new double[betas.length];
        double[] distortions = new double[betas.length];
        double[] negElbos = new double[betas.length];
        List<HostArray> reconstructions = new ArrayList<>();
        List<HostArray> samples = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < betas.length; i++) {
            Trained trained = trained(effort, betas[i]);
            rates[i] = trained.rate;
            distortions[i] = trained.distortion;
            negElbos[i] = trained.rate + trained.distortion;
            String beta = Options.number(betas[i]).replace(".", "_");
            numbers.put("rate" + beta, trained.rate);
            numbers.put("distortion" + beta, trained.distortion);
            numbers.put("active" + beta, (double) trained.active);
            if (betas[i] == 0.1 || betas[i] == 1 || betas[i] == 8) {
                reconstructions.add(trained.reconstructions);
                samples.add(trained.samples);
            }
        }
        return new Finding(sheet(betas, rates, distortions, negElbos, reconstructions, samples), numbers);
    }

    private static Trained trained(Effort effort, double beta) {
        try (Scope scope = Scope.open("trained");
                GradientMode on = GradientMode.on()) {
            SmallTraining training = new SmallTraining(
                    Digits.of(effort, 6000, 500),
                    Map.of("epochs", effort.of(6, 1) + "", "learningRate", "cosine(0.005, 0.0005)"));
            Vae model = training.vae(96, 96, 8);
            training.train(Composition.of(model, new Elbo(Schedule.constant(beta), 0)));
            BoundEstimate bound = BoundEstimate.of(model, training.test(), 1);
            return new Trained(
                    bound.rate(),
                    bound.distortion(),
                    bound.activeUnits(),
                    reconstructions(training, model),
                    samples(model));
        }
    }

    private static HostArray reconstructions(SmallTraining training, Vae model) {
        Batch batch = training.first(training.test(), COLUMNS);
        Tensor z =
                Objects.requireNonNull(model.encode(batch, Pass.deterministic()).get(Vae.Z));
        return decoded(model, z);
    }

    private static HostArray samples(Vae model) {
        return decoded(model, model.prior().given(Pass.deterministic()).sample(COLUMNS, Rng.seeded(2, Device.CPU)));
    }

    private static HostArray decoded(Vae model, Tensor z) {
        return model.likelihood()
                .given(Pass.deterministic(), z)
                .centre()
                .detach()
                .toHost();
    }

    private static Sheet sheet(
            double[] betas,
            double[] rates,
            double[] distortions,
            double[] negElbos,
            List<HostArray> reconstructions,
            List<HostArray> samples) {
        Chart curve = Chart.titled(Words.of("Rate and distortion", "码率与失真"))
                .x(Words.of("rate, nats", "码率，奈特"))
                .y(Words.of("distortion, nats", "失真，奈特"))
                .yFrom(30, 54)
                .line(Words.of("a training for each β", "每个 β 一次训练"), Ink.BLUE, rates, distortions)
                .dots(Words.same(""), Ink.BLUE, 4, rates, distortions);
        for (int i = 0; i < betas.length; i++) {
            curve.note(
                    Words.same("β = " + Options.number(betas[i])),
                    Ink.MUTED,
                    rates[i],
                    distortions[i] + (betas[i] <= 0.5 ? 1.8 : 0.5));
        }
        Chart bound = Chart.titled(Words.of("The negative ELBO of each", "各自的负 ELBO"))
                .xLogarithmic()
                .xFrom(0.08, 10)
                .x(Words.same("β"))
                .y(Words.of("rate + distortion, nats", "码率 + 失真，奈特"))
                .line(Words.same(""), Ink.CRIMSON, betas, negElbos)
                .dots(Words.same(""), Ink.CRIMSON, 4, betas, negElbos);
        List<Words> rows = List.of(Words.same("β = 0.1"), Words.same("β = 1"), Words.same("β = 8"));
        return Sheet.of(
                        Words.of(
                                "Distortion over rate, falling as β falls; the negative ELBO over β, least near 1; reconstructions"
                                        + " and samples for a small, a middle and a large β.",
                                "失真随码率的变化，β 越小码率越高、失真越低；负 ELBO 随 β 的变化，在 1 附近最小；小、中、大三个 β 的重构与样本。"),
                        curve,
                        bound,
                        new Pictures(
                                Words.of("Reconstructions", "重构"), HostArray.concat(reconstructions), COLUMNS, rows),
                        new Pictures(Words.of("Samples", "样本"), HostArray.concat(samples), COLUMNS, rows))
                .sized(380, 290);
    }
}
