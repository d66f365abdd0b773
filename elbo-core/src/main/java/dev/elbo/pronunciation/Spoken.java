package dev.elbo.pronunciation;

import java.util.List;

/**
 * A word of a text as it is said, or a pause.
 *
 * @param text the word in letters: "fifty" of "$3.50"; "," of a short pause, "." of the end of a sentence
 * @param phones what it sounds like
 * @param at where what it stands for begins in the text, in UTF-16 units from 0
 */
public record Spoken(String text, List<String> phones, int at) {
    /** Copies. */
    public Spoken {
        phones = List.copyOf(phones);
    }

    /** Whether nothing is said. */
    public boolean isPause() {
        return text.equals(Grammar.PAUSE) || text.equals(Grammar.END);
    }
}
