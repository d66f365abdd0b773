package dev.elbo.bench.speech;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What judges say of a system's clips. Figures that there are no clips for are not a number.
 *
 * @param system who spoke: a model, or people
 * @param clips how many
 * @param errors what the recogniser misheard
 * @param wordErrors words misheard of those that were to be said, where units are characters with spaces between words
 * @param tones the share whose tones are heard as they were asked for
 * @param voiceAccuracy the share that is taken for the voice asked for
 * @param similarity mean cosine of a clip's vector with those of recordings of its voice
 * @param equalError equal error rate over pairs of a clip and a recording
 * @param distortion mel-cepstral distortion to other takes of the same text by the same voice, in dB
 * @param logSpectral log-spectral distance to them, in dB
 * @param pitchHertz root mean square difference of the pitch from theirs, in Hz
 * @param pitchCents the same in cents, hundredths of a semitone
 * @param voicing share of frames that are voiced in one of the two alone
 * @param length geometric mean of the ratios of a clip's length to those of other takes
 * @param diversity mel-cepstral distortion between its own takes of the same text by the same voice, in dB
 */
public record SpeechScore(
        String system,
        int clips,
        ErrorRate errors,
        double wordErrors,
        double tones,
        double voiceAccuracy,
        double similarity,
        double equalError,
        double distortion,
        double logSpectral,
        double pitchHertz,
        double pitchCents,
        double voicing,
        double length,
        double diversity) {

    /** As JSON; without the figures that there are no clips for. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("system", system)
                .put("clips", clips)
                .put("accuracy", errors.accuracy())
                .put("unitErrorRate", errors.rate());
        put(json, "wordErrorRate", wordErrors);
        put(json, "toneAccuracy", tones);
        put(json, "voiceAccuracy", voiceAccuracy);
        put(json, "similarity", similarity);
        put(json, "equalErrorRate", equalError);
        put(json, "melCepstralDistortion", distortion);
        put(json, "logSpectralDistance", logSpectral);
        put(json, "pitchHertz", pitchHertz);
        put(json, "pitchCents", pitchCents);
        put(json, "voicing", voicing);
        put(json, "length", length);
        put(json, "diversity", diversity);
        return json;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }
}
