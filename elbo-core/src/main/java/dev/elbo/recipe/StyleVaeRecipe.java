package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.model.Vae;
import dev.elbo.model.WithoutMarkers;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Markers;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a sentence again in another style. Li et al. (2018), with a VAE for what is said in the place of what was deleted. */
public record StyleVaeRecipe(
        WrittenNetworks networks,

        @About("dimensions of z") int latents,

        @About(
                "how many times as frequent in one style as in the others a word is, or a pair of words, that tells the style")
        double salience,

        Elbo objective)
        implements Recipe {
    private static final double FREE_BITS = 0.1;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the option that is out of its range
     */
    public StyleVaeRecipe {
        if (latents < 1) {
            throw new IllegalArgumentException("z has one dimension or more; got latents " + latents);
        }
        if (!(salience > 1)) {
            throw new IllegalArgumentException("salience is a factor above 1; got " + salience);
        }
    }

    /** The defaults. */
    public StyleVaeRecipe() {
        this(new WrittenNetworks(128, 192, 0.1), 16, 4, new Elbo(Schedule.constant(1), FREE_BITS));
    }

    @Override
    public String name() {
        return "style-vae";
    }

    @Override
    public String summary() {
        return "sentences said again in another style: delete what tells the style, write the rest anew (after Li et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "the style of a sentence is to change, and what it says is not; sentences with a label are there, and no pairs",
                "E_q[−log p(x|z, c, y)] + β KL(q(z|x, c, y) ‖ p(z|c, y)), c = x without what tells y",
                "Li et al. (2018), Delete, Retrieve, Generate, section 3; arXiv:1804.06437. Sohn et al. (2015), Learning Structured"
                        + " Output Representation using Deep Conditional Generative Models, eq. 4");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        int styles = WrittenNetworks.styles(name(), data);
        Markers markers = Markers.of(styles, tokens.vocabulary().size(), initial);
        WrittenFrom from = networks.from(
                new WithoutMarkers(markers, initial.device()), networks.words(tokens, initial), styles, initial);
        Vae model = networks.vae(
                data,
                from,
                List.of(WrittenFrom.LABEL),
                latents,
                networks.likelihood(tokens, from, latents, true, initial),
                initial);
        return new Composition(
                model,
                List.of(new Stage(
                        "training",
                        objective,
                        List.of(),
                        List.of(),
                        Schedule.WHOLE,
                        Optional.of((examples, seed) -> fit(markers, examples)))));
    }

    /** Words and pairs that are {@code salience} times as frequent in one style as in the others become markers. */
    private void fit(Markers markers, Examples examples) {
        WordCounts counts = WordCounts.of(
                examples, (int) markers.words().size(0), (int) markers.words().size(1));
        markers.words()
                .assign(Tensor.of(counts.markingWords(salience), markers.words().device()));
        markers.pairs()
                .assign(Tensor.of(counts.markingPairs(salience), markers.pairs().device()));
    }

    @Override
    public TrainingSettings training() {
        return Options.of(new SentenceVaeRecipe().training()).with(Map.of("epochs", "4"));
    }
}
