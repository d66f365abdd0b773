package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.LanguageModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Distortion;
import dev.elbo.option.About;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;

/** A language model: the decoder of {@code sentence-vae} without z. Mikolov et al. (2010), with a GRU. */
public record LmRecipe(
        @About("the network: gru, lstm, or transformer(2) with so many blocks, whose words are as wide as hidden")
        SequenceKind network,

        @About("width of a word's vector, for recurrent networks")
        int embedding,

        @About("units of the network") int hidden,

        @About("probability with which a word that is read is hidden in training, in [0, 1)")
        double wordDropout)
        implements Recipe {

    /** The defaults. */
    public LmRecipe() {
        this(new SequenceKind.Gru(), 128, 192, 0);
    }

    @Override
    public String name() {
        return "lm";
    }

    @Override
    public String summary() {
        return "language model with a recurrent network, without latents (Mikolov et al. 2010)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "what a VAE of text must not lose to: the same decoder, and no latent variable",
                "−Σₜ log p(wₜ|w₁ … wₜ₋₁)",
                "Mikolov et al. (2010), Recurrent neural network based language model, Interspeech; with the GRU of Cho et al."
                        + " (2014); arXiv:1406.1078");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        SentenceLikelihood likelihood = SentenceNetworks.likelihood(
                network, tokens, SentenceNetworks.sizes(tokens, embedding, hidden), 1, wordDropout, initial);
        return Composition.of(LanguageModel.of(likelihood, SentenceNetworks.TEXT, initial.device()), new Distortion());
    }

    @Override
    public TrainingSettings training() {
        return new SentenceVaeRecipe().training();
    }
}
