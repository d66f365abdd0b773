package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.objective.Elbo;
import java.util.List;

/** The conditional VAE: images given their label or attributes, so that these can be asked for. Sohn et al. (2015). */
public record CvaeRecipe(Architecture networks, Elbo objective) implements ImageRecipe {
    /**
     * Few, so that posteriors fill the prior: what is sampled from it is then what the decoder learned of. More
     * lower the bound, and make more samples that are no digit.
     */
    private static final int LATENTS = 3;

    private static final String LABEL = "label";
    private static final List<String> CONDITIONS = List.of(LABEL, "attributes");

    /** The defaults. */
    public CvaeRecipe() {
        this(Architecture.of(Architecture.Kind.DENSE, LATENTS), Elbo.standard());
    }

    @Override
    public String name() {
        return "cvae";
    }

    @Override
    public String summary() {
        return "conditional VAE: digits on demand (Sohn et al. 2015)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.CLASSES,
                "every example has a label or attributes, and samples of a chosen one are wanted",
                "E_q[−log p(x|z, y)] + β KL(q(z|x, y) ‖ p(z|y))",
                "Sohn et al. (2015), Learning Structured Output Representation using Deep Conditional Generative Models, eq. 4");
    }

    /** The label, attributes, or both: what the data have. */
    @Override
    public List<String> conditions(DataSpec data) {
        return known(data);
    }

    /** The conditions of pictures that data have. */
    static List<String> known(DataSpec data) {
        if (data.fields().containsKey(LABEL)) {
            Networks.classes(data, LABEL); // which refuses one that is no category
        }
        List<String> known =
                CONDITIONS.stream().filter(data.fields()::containsKey).toList();
        return known.isEmpty() ? CONDITIONS.subList(0, 1) : known; // a field that is missing is told by its name
    }
}
