package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.likelihood.FramesLikelihood;
import dev.elbo.model.Signature;
import dev.elbo.model.SpeechVae;
import dev.elbo.model.Variable;
import dev.elbo.model.VoiceVae;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.posterior.FramesPosterior;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;

/** Speech of several voices without a text, whose voice can be exchanged. Hsu et al. (2016); Chou et al. (2019). */
public record VoiceVaeRecipe(
        @About("channels of the networks along frames") int hidden,

        @About("residual blocks that make frames; those that read frames are half as many")
        int blocks,

        @About("dimensions of z, for every four frames") int latents,

        Elbo objective)
        implements Recipe {
    /** Epochs until the rate weighs in full. */
    private static final double WARM_UP = 6;

    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if one is not positive, or there are fewer than 2 blocks
     */
    public VoiceVaeRecipe {
        if (hidden < 1 || blocks < 2 || latents < 1) {
            throw new IllegalArgumentException(
                    "hidden and latents are positive, and there are 2 blocks or more; got hidden " + hidden
                            + ", blocks " + blocks + " and latents " + latents);
        }
    }

    /** The defaults. */
    public VoiceVaeRecipe() {
        this(96, 6, 8, new Elbo(new Schedule.Linear(0.01, 1, WARM_UP), 0));
    }

    @Override
    public String name() {
        return "voice-vae";
    }

    @Override
    public String summary() {
        return "speech whose voice can be exchanged, learned without texts (Hsu et al. 2016; Chou et al. 2019)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.SPEECH,
                "what somebody said is to be said by another, and nobody wrote down what it is",
                "E_q[−log p(x|z, voice)] + β KL(q(z|x) ‖ N(0, I)), q of frames whose bands have mean 0 and deviation 1",
                "Hsu et al. (2016), section 3; arXiv:1610.04019. Chou et al. (2019), section 2.2; arXiv:1904.05742");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Frames frames = SpeechNetworks.frames(data);
        if (!(data.field(SpeechVae.VOICE) instanceof Field.Category voice)
                || voice.names().size() < 2) {
            throw new IllegalArgumentException("data '" + data.name()
                    + "' have one voice, and there is none to exchange it with; give recordings of two or more");
        }
        int stride = SpeechNetworks.STRIDE;
        long steps = (frames.longest() + stride - 1L) / stride;
        VoiceVae model = new VoiceVae(
                Embedding.of(voice.names().size(), hidden, initial),
                FramesPosterior.of(frames.channels(), blocks / 2, hidden, stride, latents, initial),
                FramesLikelihood.of(frames.channels(), blocks, hidden, stride, latents, initial),
                stride,
                new Signature(
                        List.of(SpeechVae.SOUND),
                        List.of(SpeechVae.VOICE),
                        List.of(Variable.steps(SpeechVae.Z, steps, latents))));
        return Composition.of(model, objective);
    }

    @Override
    public TrainingSettings training() {
        return new TtsVaeRecipe().training();
    }
}
