package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.model.PickedWords;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** Poems of a form that is asked for, and with a keyword if one is: a conditional VAE of characters. */
public record PoemVaeRecipe(
        WrittenNetworks networks, @About("dimensions of z") int latents, Elbo objective) implements Recipe {
    private static final double FREE_BITS = 0.25;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there is no latent dimension
     */
    public PoemVaeRecipe {
        if (latents < 1) {
            throw new IllegalArgumentException("z has one dimension or more; got latents " + latents);
        }
    }

    /** The defaults. */
    public PoemVaeRecipe() {
        this(new WrittenNetworks(128, 256, 0.1), 32, new Elbo(Schedule.constant(1), FREE_BITS));
    }

    @Override
    public String name() {
        return "poem-vae";
    }

    @Override
    public String summary() {
        return "VAE of poems, given their form and perhaps a keyword (after Bowman et al. 2016; Sohn et al. 2015)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "poems of a form, with a word that they must speak of; any short texts that have a class",
                "E_q[−log p(x|z, c, y)] + β KL(q(z|x, c, y) ‖ p(z|c, y)), y = form, c = keyword or none",
                "Bowman et al. (2016), Generating Sentences from a Continuous Space, section 3; arXiv:1511.06349. Sohn et al. (2015),"
                        + " Learning Structured Output Representation using Deep Conditional Generative Models, eq. 4");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        List<String> forms = WrittenNetworks.classes(data);
        if (forms.isEmpty()) {
            throw new IllegalArgumentException(
                    "poem-vae learns from texts with a form, and data '" + data.name()
                            + "' have none: give --data poems, or a .tsv file whose first line names the columns 'text' and 'label'");
        }
        WrittenFrom from = networks.from(
                new PickedWords(initial.device()), networks.words(tokens, initial), forms.size(), initial);
        return Composition.of(
                networks.vae(
                        data,
                        from,
                        List.of(WrittenFrom.LABEL),
                        latents,
                        networks.likelihood(tokens, from, latents, true, initial),
                        initial),
                objective);
    }

    @Override
    public TrainingSettings training() {
        return new SentenceVaeRecipe().training();
    }
}
