package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.Map;

/** Speech of a text, in one of several voices. After Kim et al. (2020) and Ren et al. (2021). */
public record TtsVaeRecipe(SpeechNetworks networks, Elbo objective) implements Recipe {
    /** Epochs until the rate weighs in full. */
    private static final double WARM_UP = 6;

    /** The defaults. */
    public TtsVaeRecipe() {
        this(SpeechNetworks.standard(), new Elbo(new Schedule.Linear(0.01, 1, WARM_UP), 0));
    }

    @Override
    public String name() {
        return "tts-vae";
    }

    @Override
    public String summary() {
        return "speech of a text, in one of several voices (after Kim et al. 2020; Ren et al. 2021)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.SPEECH,
                "a text is to be spoken, by those whose recordings are the data",
                "E_q[−log p(x|z, c)] + β (KL(q(z|x, c) ‖ p(z|c)) − log p(d|text, voice)), c = the text's states over d frames each",
                "Kim et al. (2020), Glow-TTS, section 3; arXiv:2005.11129. Ren et al. (2021), PortaSpeech, section 3; arXiv:2109.15166");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return Composition.of(networks.vae(data, initial), objective);
    }

    /** A text is what it sounds like; the pitch is measured where the model is told it. */
    @Override
    public Map<String, String> reading() {
        return networks.pitch() ? Map.of("tokens", "phones(en)", "pitches", "true") : Map.of("tokens", "phones(en)");
    }

    @Override
    public TrainingSettings training() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of(
                        "epochs", "30",
                        "batch", "32",
                        "optimizer", "adamw",
                        "weightDecay", "0.001",
                        "learningRate", "cosine(0.001, 0.00001)"));
    }
}
