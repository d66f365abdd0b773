package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Parameterised;
import dev.elbo.model.DisentangledVae;
import dev.elbo.model.Guess;
import dev.elbo.model.JointVae;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Activation;
import dev.elbo.nn.ClassMeans;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Disentanglement;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Beginning;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a sentence again in another style: style and content are two latents, which adversaries keep apart. John et al. (2019). */
public record LatentStyleVaeRecipe(
        WrittenNetworks networks,

        @About("dimensions of the latent of the style") int styleLatents,

        @About("dimensions of the latent of the content") int contentLatents,

        @About("schedule of the weight of the style's rate, in epochs: 0.03, linear(0, 0.03, 5), …")
        Schedule styleBeta,

        @About("schedule of the weight of the content's rate, in epochs")
        Schedule contentBeta,

        StyleGuesses guesses,

        @About(
                "how many times as frequent in one style as in the others a word is that tells the style, and no content")
        double salience,

        @About("share of all words written that the most frequent ones make up, which are no content, in [0, 1)")
        double common)
        implements Recipe {
    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the option that is out of its range
     */
    public LatentStyleVaeRecipe {
        if (styleLatents < 1 || contentLatents < 1) {
            throw new IllegalArgumentException("latents have one dimension or more; got styleLatents " + styleLatents
                    + " and contentLatents " + contentLatents);
        }
        if (!(salience > 1)) {
            throw new IllegalArgumentException("salience is a factor above 1; got " + salience);
        }
        if (!(common >= 0 && common < 1)) {
            throw new IllegalArgumentException("common is a share in [0, 1); got " + common);
        }
    }

    /** The defaults: sizes and weights of the authors' code, and smaller vectors of words. */
    public LatentStyleVaeRecipe() {
        this(
                new WrittenNetworks(128, 256, 0.2),
                8,
                128,
                Schedule.parse("linear(0, 0.03, 5)"),
                Schedule.parse("linear(0, 0.03, 5)"),
                StyleGuesses.standard(),
                4,
                0.5);
    }

    @Override
    public String name() {
        return "latent-style-vae";
    }

    @Override
    public String summary() {
        return "sentences said again in another style: style and content as two latents, kept apart by adversaries (John et al. 2019)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "as style-vae, where no single words tell the style",
                "E_q[−log p(x|s, c)]/T + β_s KL_s + β_c KL_c − λ log q(y|s) − λ log q(w|c) − λ H(q(y|c)) − λ H(q(w|s))",
                "John et al. (2019), Disentangled Representation Learning for Non-Parallel Text Style Transfer, section 3;"
                        + " arXiv:1808.04339");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        int styles = WrittenNetworks.styles(name(), data);
        int words = tokens.vocabulary().size();
        Guess.OfWords content = new Guess.OfWords(SentenceNetworks.TEXT, initial.buffer(1, words));
        StyleGuesses.Answers answers =
                new StyleGuesses.Answers(new Guess.OfClass(WrittenFrom.LABEL), styles, content, words);
        DisentangledVae model = new DisentangledVae(
                autoencoder(tokens, initial),
                guesses.tasks(answers, styleLatents, contentLatents, initial),
                ClassMeans.of(styles, styleLatents, initial));
        List<Guess> adversaries =
                guesses.adversaries(answers, styleLatents, contentLatents, networks.hidden(), initial);
        Beginning counted = (examples, seed) -> content.content()
                .assign(Tensor.of(WordCounts.of(examples, styles, words).content(salience, common), initial.device()));
        return new Composition(
                model,
                List.of(new Stage(
                        "training",
                        new Disentanglement(List.of(styleBeta, contentBeta), adversaries),
                        List.of(),
                        adversaries.stream().map(guesses::player).toList(),
                        Schedule.WHOLE,
                        Optional.of(counted))));
    }

    private JointVae autoencoder(Field.Tokens tokens, Initializer initial) {
        return new JointVae(
                Sequential.of(networks.encoder(tokens, initial), Activation.TANH),
                List.of(part(styleLatents, initial), part(contentLatents, initial)),
                networks.likelihood(tokens, styleLatents + contentLatents, initial),
                new Signature(
                        List.of(SentenceNetworks.TEXT),
                        List.of(),
                        List.of(
                                Variable.vector(DisentangledVae.STYLE, styleLatents),
                                Variable.vector(DisentangledVae.CONTENT, contentLatents))));
    }

    private JointVae.Part part(int latents, Initializer initial) {
        return new JointVae.Part(
                new StandardNormal(latents, initial.device()),
                new Parameterised<>(List.of(), Linear.of(networks.hidden(), 2L * latents, initial), new NormalHead()));
    }

    @Override
    public TrainingSettings training() {
        return Options.of(new SentenceVaeRecipe().training()).with(Map.of("epochs", "10"));
    }
}
