package dev.elbo.recipe;

import dev.elbo.objective.Elbo;
import java.util.List;

/** The conditional VAE: images given their label, so that a label can be asked for. Sohn et al. (2015). */
public record CvaeRecipe(Mlp networks, Elbo objective) implements ImageRecipe {
    /**
     * Few, so that posteriors fill the prior: what is sampled from it is then what the decoder learned of. More
     * lower the bound, and make more samples that are no digit.
     */
    private static final int LATENTS = 3;

    /** The defaults. */
    public CvaeRecipe() {
        this(Mlp.standard().latents(LATENTS), Elbo.standard());
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
    public List<String> conditions() {
        return List.of("label");
    }
}
