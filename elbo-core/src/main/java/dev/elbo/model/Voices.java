package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** Who speaks, as a vector for each example. */
public sealed interface Voices extends Module permits VoiceTable, VoiceReference {
    /** The field of a clip that tells the voice, in the place of {@link SpeechVae#VOICE}. */
    String REFERENCE = "reference";

    /**
     * Vectors of voices.
     *
     * @param vectors [B, H]
     * @param penalties terms of the loss that they bring along in training, in nats
     */
    record Told(Tensor vectors, Map<String, Tensor> penalties) {
        /** Copies the map. */
        public Told {
            penalties = Map.copyOf(penalties);
        }
    }

    /** The vectors of a batch's voices. */
    Told of(Batch given, Pass pass);

    /** Whether a clip of somebody who was never heard tells a voice. */
    boolean takesClips();
}
