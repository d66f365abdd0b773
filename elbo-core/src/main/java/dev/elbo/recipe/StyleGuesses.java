package dev.elbo.recipe;

import dev.elbo.model.DisentangledVae;
import dev.elbo.model.Guess;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.train.OptimizerKind;
import dev.elbo.train.Player;
import dev.elbo.train.Rule;
import java.util.List;

/** What is guessed from style and content, and how much it counts. */
record StyleGuesses(
        @About("weight of guessing the style from the latent of the style")
        double styleTask,

        @About("weight of guessing the words of content from the latent of the content")
        double contentTask,

        @About("weight of the doubt of who guesses the style from the latent of the content")
        double styleAdversary,

        @About("weight of the doubt of who guesses the words of content from the latent of the style")
        double contentAdversary,

        @About("schedule of the adversaries' learning rate, in epochs")
        Schedule adversaryRate) {
    private static final String STYLE = "style";
    private static final String CONTENT = "content";

    StyleGuesses {
        if (!(styleTask >= 0 && contentTask >= 0 && styleAdversary >= 0 && contentAdversary >= 0)) {
            throw new IllegalArgumentException("weights are at least 0; got styleTask " + styleTask + ", contentTask "
                    + contentTask + ", styleAdversary " + styleAdversary + " and contentAdversary " + contentAdversary);
        }
    }

    /** The weights of John et al. (2019). */
    static StyleGuesses standard() {
        return new StyleGuesses(10, 3, 1, 0.03, Schedule.constant(1e-3));
    }

    /** The answers that can be right, and how many there are of each kind. */
    record Answers(Guess.Answer style, int styles, Guess.Answer content, int words) {}

    /** Of the model: a linear layer each. */
    List<Guess> tasks(Answers answers, int styleLatents, int contentLatents, Initializer initial) {
        return List.of(
                new Guess(
                        STYLE,
                        DisentangledVae.STYLE,
                        answers.style,
                        Linear.of(styleLatents, answers.styles, initial),
                        styleTask),
                new Guess(
                        CONTENT,
                        DisentangledVae.CONTENT,
                        answers.content,
                        Linear.of(contentLatents, answers.words, initial),
                        contentTask));
    }

    /** Each guesses from the latent that should not tell it, with a hidden layer. */
    List<Guess> adversaries(Answers answers, int styleLatents, int contentLatents, int hidden, Initializer initial) {
        return List.of(
                new Guess(
                        STYLE,
                        DisentangledVae.CONTENT,
                        answers.style,
                        network(contentLatents, hidden, answers.styles, initial),
                        styleAdversary),
                new Guess(
                        CONTENT,
                        DisentangledVae.STYLE,
                        answers.content,
                        network(styleLatents, hidden, answers.words, initial),
                        contentAdversary));
    }

    private static Layer network(int from, int hidden, int to, Initializer initial) {
        return Sequential.of(Linear.of(from, hidden, initial), Activation.LEAKY_RELU, Linear.of(hidden, to, initial));
    }

    /** An adversary's network as it learns beside the model, by RMSProp as in the authors' code. */
    Player player(Guess adversary) {
        Rule rule = new Rule(OptimizerKind.RMSPROP, adversaryRate, 0, 0, Adam.EPSILON, 0, 0);
        return new Player(adversary.what() + "adversary", adversary.network(), rule);
    }
}
