package dev.elbo.run;

import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.model.Latent;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.objective.LatentLikelihood;
import dev.elbo.objective.Schedule;
import dev.elbo.prior.OfCodes;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A run that learns a prior for the model of a finished run: its density of the codes that the model's posterior gives, and nothing
 * else.
 *
 * @param base the finished run
 */
record FittedPrior(Path base) {
    private static final String PRIOR = "prior.";

    /**
     * The composition with one stage, that of the prior.
     *
     * @param isBegun whether the run has weights of its own already; else all but the prior's are the base's
     * @param examples some to learn from, from whose codes the prior may begin
     * @throws IllegalArgumentException if the prior has nothing that could be learned
     */
    Composition of(Composition whole, boolean isBegun, Supplier<Batch> examples, Rng rng) throws IOException {
        boolean learns = whole.model().parameters().keySet().stream().anyMatch(name -> name.startsWith(PRIOR));
        if (!learns) {
            throw new IllegalArgumentException("this prior has nothing to learn; fit mixture(10), flow(4), maf(4),"
                    + " two-stage(256) or another that has");
        }
        if (!isBegun) {
            adopt(whole);
            if (whole.model() instanceof Vae vae && vae.prior() instanceof OfCodes prior) {
                begin(vae, prior, examples, rng);
            }
        }
        Stage stage = new Stage("prior", new LatentLikelihood(), List.of(PRIOR), List.of(), Schedule.WHOLE);
        return new Composition(whole.model(), List.of(stage), whole.mixing());
    }

    private void adopt(Composition whole) throws IOException {
        Map<String, Tensor> kept = new LinkedHashMap<>(whole.model().state());
        kept.keySet().removeIf(name -> name.startsWith(PRIOR));
        Weights.load(
                kept,
                CheckpointStore.load(TrainedModel.best(RunDirectory.open(base))).model());
    }

    private static void begin(Vae model, OfCodes prior, Supplier<Batch> examples, Rng rng) {
        try (Scope scope = Scope.open("first codes")) {
            Latent z = model.draw(examples.get(), 1, Pass.evaluation(rng))
                    .latents()
                    .get(0);
            prior.begin(z.value().squeeze(0).detach());
        }
    }
}
