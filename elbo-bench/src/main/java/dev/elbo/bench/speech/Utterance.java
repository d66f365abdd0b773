package dev.elbo.bench.speech;

import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Something said by somebody, or by a machine that was to say it.
 *
 * @param units what was said or asked for: words, characters or phones in their order
 * @param voice who says it
 * @param frames its log-mel spectrum, FLOAT32 [T, M]
 */
public record Utterance(List<String> units, String voice, HostArray frames) {

    /**
     * Copies the units.
     *
     * @throws IllegalArgumentException if there is no frame, or frames are no FLOAT32 [T, M]
     */
    public Utterance {
        units = List.copyOf(units);
        if (frames.shape().rank() != 2 || frames.shape().size(0) == 0) {
            throw new IllegalArgumentException(
                    "an utterance has FLOAT32 frames [T, M], at least one; " + voice + " has " + frames);
        }
    }

    /** How many frames it has. */
    int length() {
        return Math.toIntExact(frames.shape().size(0));
    }

    /** The number of bands of its spectrum. */
    int bands() {
        return Math.toIntExact(frames.shape().size(1));
    }

    /** The units as one text. */
    public String text() {
        return String.join(" ", units);
    }

    /** The same frames said of other units. */
    Utterance as(List<String> other) {
        return new Utterance(other, voice, frames);
    }

    /** Utterances one after the other, of the first one's voice, with frames that nobody speaks in between. */
    static Utterance joined(List<Utterance> utterances, List<HostArray> pauses) {
        List<HostArray> parts = new ArrayList<>();
        for (int i = 0; i < utterances.size(); i++) {
            parts.add(pauses.get(i));
            parts.add(utterances.get(i).frames);
        }
        parts.add(pauses.get(utterances.size()));
        List<String> units =
                utterances.stream().flatMap(each -> each.units.stream()).toList();
        return new Utterance(units, utterances.get(0).voice, HostArray.concat(parts));
    }
}
