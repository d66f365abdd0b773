package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Conv1d;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The voice of a clip: convolutions along its frames, their mean and deviation over time (Snyder et al. 2018, section 2.2), and a narrow
 * vector of numbers within −1 … 1, which has room for who speaks and none for what is said. A reference encoder as that of Skerry-Ryan et
 * al. (2018), which tells the speaker in the place of the prosody: Jia et al. (2018).
 *
 * <p>While it learns, the clip is another one of the same voice, see {@link ReferenceClips}. Each voice that was heard keeps a vector, which
 * a penalty draws to the mean of those of its clips: by it a voice is called by its name, without a clip.
 *
 * @param in from the channels of a frame
 * @param bottleneck from mean and deviation, [E, 2 H]
 * @param out from the narrow vector, [H, E]
 * @param known the narrow vectors of the voices that were heard, [S, E]
 */
public record VoiceReference(Conv1d in, ConvolutionStack stack, Linear bottleneck, Linear out, Tensor known)
        implements Voices {
    private static final int WIDTH = 5;

    /** A deviation of 0 has no gradient. */
    private static final double LEAST_VARIANCE = 1e-5;

    /** With initial weights. */
    public static VoiceReference of(
            long voices, long channels, int blocks, long width, long narrow, Initializer initial) {
        return new VoiceReference(
                Conv1d.of(channels, width, WIDTH, 1, initial),
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                Linear.of(2 * width, narrow, initial),
                Linear.of(narrow, width, initial),
                initial.normal(0.1, voices, narrow));
    }

    /** Vectors of clips where they are given; else of other examples of each one's voice; else of the voices by their numbers. */
    @Override
    public Told of(Batch given, Pass pass) {
        if (given.fields().containsKey(REFERENCE)) {
            Tensor clips = given.get(REFERENCE);
            return told(heard(clips, given.mask(REFERENCE).unsqueeze(-1), pass), Map.of(), pass);
        }
        Tensor named = Functional.embedding(given.get(SpeechVae.VOICE), known); // [B, E]
        if (!given.fields().containsKey(SpeechVae.SOUND)) {
            return told(named, Map.of(), pass);
        }
        ReferenceClips clips = ReferenceClips.of(given, pass);
        Tensor heard = heard(clips.frames(), clips.mask(), pass);
        Tensor miss = named.minus(heard.detach()).square().sum(-1).mean().times(0.5);
        return told(heard, pass.training() ? Map.of("voices", miss) : Map.of(), pass);
    }

    private Told told(Tensor narrow, Map<String, Tensor> penalties, Pass pass) {
        return new Told(out.forward(narrow, pass), penalties);
    }

    /**
     * The narrow vectors of clips, [B, E].
     *
     * @param clips [B, T, M]
     * @param mask 1 where a frame counts, [B, T, 1]
     */
    Tensor heard(Tensor clips, Tensor mask, Pass pass) {
        Tensor states = stack.among(in.forward(clips.times(mask), pass), mask, pass); // [B, T, H]
        Tensor count = mask.sum(1); // [B, 1]
        Tensor mean = states.times(mask).sum(1).over(count);
        Tensor squares = states.minus(mean.unsqueeze(1)).square().times(mask);
        Tensor deviation = squares.sum(1).over(count).plus(LEAST_VARIANCE).sqrt();
        return bottleneck.forward(Tensor.cat(-1, mean, deviation), pass).tanh();
    }

    @Override
    public boolean takesClips() {
        return true;
    }
}
