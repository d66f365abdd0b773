package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * A learned vector for each voice that was heard.
 *
 * @param weight [S, H]
 */
public record VoiceTable(Tensor weight) implements Voices {
    /** With vectors of N(0, I). */
    public static VoiceTable of(long voices, long width, Initializer initial) {
        return new VoiceTable(initial.normal(1, voices, width));
    }

    @Override
    public Told of(Batch given, Pass pass) {
        return new Told(Functional.embedding(given.get(SpeechVae.VOICE), weight), Map.of());
    }

    @Override
    public boolean takesClips() {
        return false;
    }
}
