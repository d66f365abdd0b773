package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.model.MixtureVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.RandomAffine;
import dev.elbo.objective.Distortion;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.MixtureFit;
import dev.elbo.prior.MixturePrior;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/** Clusters without labels: an autoencoder whose prior is a mixture of normals. Jiang et al. (2017). */
public record GmVaeRecipe(
        Architecture networks,
        Elbo objective,

        @About("components of the mixture, each of which becomes a cluster")
        int clusters,

        @About("epochs of a plain autoencoder before, to whose codes the mixture is fitted; 0 for a mixture by chance")
        double codeEpochs,

        @About("pixels by which what the encoder reads is shifted at most in training")
        double shift,

        @About("degrees by which what the encoder reads is turned at most in training")
        double rotation)
        implements Recipe {
    private static final int LATENTS = 10;

    /** Codes that the first mixture is fitted to. */
    private static final long CODES = 10_000;

    private static final long PORTION = 500;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there are no clusters, or z has another prior or posterior of its own
     */
    public GmVaeRecipe {
        if (clusters < 1) {
            throw new IllegalArgumentException("a mixture has one component or more; got clusters=" + clusters);
        }
        new RandomAffine(shift, rotation); // which refuses what it cannot do
        LatentSpace z = networks.z();
        if (!(z.prior() instanceof StandardNormal.Kind && z.posterior() instanceof NormalHead.Kind)) {
            throw new IllegalArgumentException(
                    "the prior of gm-vae is its mixture, whose divergences need a normal posterior;"
                            + " leave out prior=" + z.prior() + " and posterior=" + z.posterior());
        }
    }

    /** The defaults: ten clusters in ten dimensions. */
    public GmVaeRecipe() {
        this(Architecture.of(Architecture.Kind.DENSE, LATENTS), Elbo.standard(), 10, 20, 0, 0);
    }

    @Override
    public String name() {
        return "gm-vae";
    }

    @Override
    public String summary() {
        return "clusters without labels: a mixture of normals as the prior (Jiang et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "no example has a label, and groups are to be found; or samples of one group at a time are wanted",
                "E_q[−log p(x|z) + Σ_c p(c|z) KL(q(z|x) ‖ p(z|c)) + KL(p(c|z) ‖ p(c))]",
                "Jiang et al. (2017), Variational Deep Embedding, eq. 9 and 16; arXiv:1611.05148");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Vae autoencoder = networks.vae(data, List.of(), initial);
        MixtureVae model = new MixtureVae(
                MixturePrior.of(clusters, networks.z().latents(), initial),
                new RandomAffine(shift, rotation),
                autoencoder.posterior(),
                autoencoder.likelihood(),
                Networks.IMAGE);
        return new Composition(
                model, codeEpochs > 0 ? List.of(codes(), mixture(model)) : List.of(Stage.only(objective, List.of())));
    }

    /** Without the rate, which the first mixture, by chance, has no right to ask for. */
    private Stage codes() {
        return new Stage("codes", new Distortion(), List.of("posterior.", "likelihood."), List.of(), codeEpochs);
    }

    private Stage mixture(MixtureVae model) {
        return new Stage(
                "mixture",
                objective,
                List.of(),
                List.of(),
                Schedule.WHOLE,
                Optional.of((examples, seed) -> fit(model, examples, seed)));
    }

    /** The mixture becomes that of the codes of some examples, spread evenly. */
    private static void fit(MixtureVae model, Examples examples, long seed) {
        try (Scope scope = Scope.open("first mixture")) {
            Rng rng = Rng.seeded(seed, examples.device());
            MixturePrior prior = model.prior();
            prior.become(MixtureFit.of(codes(model, examples, rng), Math.toIntExact(prior.components()), rng)
                    .mixture());
        }
    }

    /** Centres of posteriors, [N, D]. */
    private static Tensor codes(MixtureVae model, Examples examples, Rng rng) {
        long count = Math.min(CODES, examples.size());
        List<Tensor> codes = new ArrayList<>();
        for (long from = 0; from < count; from += PORTION) {
            long[] rows = LongStream.range(from, Math.min(count, from + PORTION))
                    .map(i -> i * examples.size() / count)
                    .toArray();
            try (Scope scope = Scope.open("portion");
                    Inference use = Inference.begin()) {
                Map<String, Tensor> of = model.encode(examples.batch(rows, rng), Pass.evaluation(rng));
                codes.add(scope.keep(Objects.requireNonNull(of.get(Vae.Z))));
            }
        }
        return Tensor.cat(0, codes.toArray(Tensor[]::new));
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
