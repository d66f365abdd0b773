package dev.elbo.pronunciation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text as it is said.
 *
 * @param spoken its words and pauses, in their order
 * @param leftOut what is not said, in its order
 */
public record Utterance(List<Spoken> spoken, List<LeftOut> leftOut) {
    /** Copies. */
    public Utterance {
        spoken = List.copyOf(spoken);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether there is nothing to say. */
    public boolean isSilent() {
        return spoken.stream().allMatch(Spoken::isPause);
    }

    /** The words with spaces between them, and marks where there are pauses. */
    public String words() {
        return spoken.stream().map(Spoken::text).collect(Collectors.joining(" "));
    }

    /**
     * The phones, with {@link Pronunciation#SILENCE} at both ends and between sentences, and {@link Pronunciation#PAUSE} where there is
     * a short pause; none if there is nothing to say.
     */
    public List<String> phones() {
        return phones(spoken);
    }

    /** The same, with a phone that stands for each part that was left out. */
    public List<String> phones(String unknown) {
        return phones(Stream.concat(
                        spoken.stream(),
                        leftOut.stream().map(part -> new Spoken(part.text(), List.of(unknown), part.at())))
                .sorted(Comparator.comparingInt(Spoken::at)) // words of one place stay in order
                .toList());
    }

    private List<String> phones(List<Spoken> parts) {
        if (isSilent()) {
            return List.of();
        }
        List<String> phones = new ArrayList<>(List.of(Pronunciation.SILENCE));
        parts.forEach(part -> rest(phones, part));
        rest(phones, Pronunciation.SILENCE);
        return List.copyOf(phones);
    }

    private static void rest(List<String> phones, Spoken word) {
        if (word.isPause()) {
            rest(phones, word.phones().get(0));
        } else {
            phones.addAll(word.phones());
        }
    }

    /** Two pauses beside each other are the longer one. */
    private static void rest(List<String> phones, String pause) {
        int last = phones.size() - 1;
        if (phones.get(last).equals(Pronunciation.PAUSE)) {
            phones.set(last, pause);
        } else if (!phones.get(last).equals(Pronunciation.SILENCE)) {
            phones.add(pause);
        }
    }
}
