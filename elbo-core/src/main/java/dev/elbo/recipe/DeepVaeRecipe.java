package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A deep convolutional hierarchy of latents, in the class of the VDVAE, Child (2021), and the NVAE, Vahdat and Kautz (2020). */
public record DeepVaeRecipe(DeepConvolutions networks, Elbo objective) implements Recipe {
    /** The steps of a training on pictures in colour: those of the faces in results/images.md. */
    private static final int STEPS = 4_100;

    /** The part of the training after which the rate weighs in full. */
    private static final double WARM_UP_SHARE = 0.125;

    private static final String OPTIMAL_NORMAL = "optimal-normal";

    /** Epochs until the rate weighs in full: without a warm-up, groups go silent before they have learned to speak. */
    private static final double WARM_UP = 10;

    /** The defaults. */
    public DeepVaeRecipe() {
        this(DeepConvolutions.standard(), new Elbo(new Schedule.Linear(0, 1, WARM_UP), 0));
    }

    @Override
    public String name() {
        return "deep-vae";
    }

    @Override
    public String summary() {
        return "deep hierarchy of convolutional latents with residual posteriors (after Child 2021; Vahdat & Kautz 2020)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.HIERARCHY,
                "a better likelihood and sharper samples than one level gives, of 28 to 64 pixels, with time to train",
                "E_q[−log p(x|z₁ … z_L)] + Σₗ β KL(q(zₗ|z_{>l}, x) ‖ p(zₗ|z_{>l}))",
                "Child (2021), Very Deep VAEs, section 3; arXiv:2011.10650. Vahdat and Kautz (2020), NVAE, section 3.2;"
                        + " arXiv:2007.03898");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks.model(data, initial), objective);
    }

    /**
     * More scales, and a rate that weighs three times as much: at β = 1 most of it goes to the largest maps, for texture that priors cannot
     * foresee, and samples have no faces. That was measured with the likeliest variance, and is left alone with another likelihood.
     */
    @Override
    public Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
        if (!ColourPictures.are(data)) {
            return Map.of();
        }
        double epochs = ColourPictures.epochs(STEPS, examples, training().epochs(), given);
        Map<String, String> suited =
                ColourPictures.suited(epochs, "channels", "16,32,64,96,128", "groups", "1,2,3", "ema", "0.995");
        if (given.getOrDefault("likelihood", OPTIMAL_NORMAL).equals(OPTIMAL_NORMAL)) {
            suited.put("beta", "linear(0, 3, " + ColourPictures.text(WARM_UP_SHARE * epochs) + ")");
        }
        return suited;
    }

    @Override
    public Set<String> suitable() {
        return Set.of("channels", "groups", "beta", "batch", "ema", "epochs");
    }

    /** Deep networks now and then make a step that is too long: it is shortened; and an average of the weights is kept. */
    @Override
    public TrainingSettings training() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of("learningRate", "cosine(0.002, 0.00005)", "clip", "200", "ema", "0.999"));
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
