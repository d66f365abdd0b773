package dev.elbo.run;

import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.LatentLikelihood;
import dev.elbo.objective.Schedule;
import dev.elbo.prior.OfCodes;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Beginning;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A run that learns a prior for the model of a finished run: its density of the codes that the model's posterior gives, and nothing
 * else.
 *
 * @param base the finished run
 */
record FittedPrior(Path base) {
    private static final String PRIOR = "prior.";

    /** From how many codes a prior may begin. */
    private static final long CODES = 2000;
    /** Examples that are encoded at once. */
    private static final long SHARE = 100;

    /**
     * The composition with one stage, that of the prior.
     *
     * @param isBegun whether the run has weights of its own already; else all but the prior's are the base's
     * @throws IllegalArgumentException if the prior has nothing that could be learned
     */
    Composition of(Composition whole, boolean isBegun) throws IOException {
        boolean learns = whole.model().parameters().keySet().stream().anyMatch(name -> name.startsWith(PRIOR));
        if (!learns) {
            throw new IllegalArgumentException("this prior has nothing to learn; fit mixture(10), flow(4), maf(4),"
                    + " two-stage(256) or another that has");
        }
        if (!isBegun) {
            adopt(whole);
        }
        Stage stage =
                new Stage("prior", new LatentLikelihood(), List.of(PRIOR), List.of(), Schedule.WHOLE, beginning(whole));
        return new Composition(whole.model(), List.of(stage), whole.mixing());
    }

    private void adopt(Composition whole) throws IOException {
        Map<String, Tensor> kept = new LinkedHashMap<>(whole.model().state());
        kept.keySet().removeIf(name -> name.startsWith(PRIOR));
        Weights.load(
                kept,
                CheckpointStore.load(TrainedModel.best(RunDirectory.open(base))).model());
    }

    private static Optional<Beginning> beginning(Composition whole) {
        return whole.model() instanceof Vae vae && vae.prior() instanceof OfCodes prior
                ? Optional.of((examples, seed) -> begin(vae, prior, examples, seed))
                : Optional.empty();
    }

    private static void begin(Vae model, OfCodes prior, Examples examples, long seed) {
        long count = Math.min(CODES, examples.size());
        try (Scope scope = Scope.open("first codes");
                Inference use = Inference.begin()) {
            Rng rng = Rng.seeded(seed, examples.device());
            List<Tensor> codes = new ArrayList<>();
            for (long from = 0; from < count; from += SHARE) {
                long[] rows = LongStream.range(from, Math.min(count, from + SHARE))
                        .map(i -> i * examples.size() / count)
                        .toArray();
                codes.add(codes(model, examples.batch(rows, rng), rng));
            }
            prior.begin(Tensor.cat(0, codes.toArray(Tensor[]::new)), rng);
        }
    }

    /** A code of each of some examples, [N, D]: what the networks make beside is freed at once. */
    private static Tensor codes(Vae model, Batch some, Rng rng) {
        try (Scope scope = Scope.open("codes")) {
            Draw draw = model.draw(some, 1, Pass.evaluation(rng));
            return scope.keep(draw.latents().get(0).value().squeeze(0));
        }
    }
}
