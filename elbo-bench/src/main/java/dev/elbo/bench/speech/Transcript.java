package dev.elbo.bench.speech;

import java.util.List;

/**
 * What a recogniser heard.
 *
 * @param units words, characters or phones
 * @param probability p(units | frames), of all alignments together
 */
public record Transcript(List<String> units, double probability) {
    /** Copies the units. */
    public Transcript {
        units = List.copyOf(units);
    }

    /** As one text. */
    public String text() {
        return String.join(" ", units);
    }
}
