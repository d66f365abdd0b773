package dev.elbo.run;

import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.objective.LatentLikelihood;
import dev.elbo.objective.Schedule;
import dev.elbo.posterior.PointHead;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.prior.OfCodes;
import dev.elbo.prior.PriorKind;
import dev.elbo.prior.WhitenedPrior;
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
 * What a run learns whose model is that of a finished run: another prior, of the codes that the model's posterior gives, and nothing
 * else. Codes may have a width, or be points: Ghosh et al. (2020), section 4; Dai and Wipf (2019), section 4.
 *
 * @param base the finished run
 * @param prior in the place of the one that the model was trained with; empty of a run of an earlier version, whose recipe says it
 */
public record FittedPrior(Path base, Optional<PriorKind> prior) implements Sequel {
    static final String NAME = "prior";

    private static final String PRIOR = "prior.";

    /** From how many codes a prior may begin. */
    private static final long CODES = 2000;
    /** Examples that are encoded at once. */
    private static final long SHARE = 100;

    @Override
    public String learns() {
        return "whose prior alone is learned"
                + prior.map(kind -> ": prior=" + kind).orElse("");
    }

    /** The data of the finished run. */
    @Override
    public DataSource data(DataSource given, Optional<DataSpec> begun) {
        return given;
    }

    @Override
    public Map<String, String> settings() {
        return prior.map(kind -> Map.of(NAME, kind.toString())).orElse(Map.of());
    }

    /**
     * The composition with this prior, and one stage in which it learns.
     *
     * @throws IllegalArgumentException if the model has other latents than one
     */
    @Override
    public Composition of(Composition whole, RunConfig config, DataSpec data, Initializer initial) {
        PosteriorKind posterior = config.posterior();
        LatentVariableModel model =
                prior.isPresent() ? with(prior.get(), whole.model(), posterior, data, initial) : whole.model();
        Stage stage =
                new Stage("prior", new LatentLikelihood(), List.of(PRIOR), List.of(), Schedule.WHOLE, beginning(model));
        return new Composition(model, List.of(stage), whole.mixing());
    }

    private static Vae with(
            PriorKind kind, LatentVariableModel model, PosteriorKind posterior, DataSpec data, Initializer initial) {
        if (!(model instanceof Vae vae)) {
            throw new IllegalArgumentException("a prior is fitted to the codes of one latent, and this model has "
                    + model.signature().latents().stream().map(Variable::name).toList()
                    + "; take a run of a recipe that has one, such as vae, conv-vae or rae");
        }
        String x = vae.signature().observed().get(0);
        int dims = Math.toIntExact(vae.signature().latent(Vae.Z).shape().elements());
        Conditional<? extends Distribution> fitted = kind.prior(
                new PriorKind.Beside(
                        dims,
                        posterior,
                        vae.posterior(),
                        x,
                        data.field(x).shape(),
                        vae.signature().conditions()),
                initial);
        boolean isOfPoints = posterior instanceof PointHead.Kind;
        return vae.withPrior(isOfPoints ? WhitenedPrior.of(fitted, dims, initial) : fitted);
    }

    /** Gives the model the weights of the finished run, but for the prior's. */
    @Override
    public void adopt(LatentVariableModel model) throws IOException {
        Map<String, Tensor> kept = new LinkedHashMap<>(model.state());
        kept.keySet().removeIf(name -> name.startsWith(PRIOR));
        Weights.load(
                kept,
                CheckpointStore.load(TrainedModel.best(RunDirectory.open(base))).model());
    }

    private static Optional<Beginning> beginning(LatentVariableModel model) {
        return model instanceof Vae vae && vae.prior() instanceof OfCodes prior
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
