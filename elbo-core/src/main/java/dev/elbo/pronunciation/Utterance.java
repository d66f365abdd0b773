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
     * A phone or a pause.
     *
     * @param name what it is
     * @param at where what it is part of begins in the text
     */
    record Phone(String name, int at) {}

    /**
     * The phones, with {@link Pronunciation#SILENCE} at both ends and between sentences, and {@link Pronunciation#PAUSE} where there is
     * a short pause; none if there is nothing to say.
     */
    public List<String> phones() {
        return names(placed());
    }

    /** The same, with a phone that stands for each part that was left out. */
    public List<String> phones(String unknown) {
        return names(placed(withUnknown(unknown).toList()));
    }

    /** The same words with silence between them all, as one says words that stand alone. */
    public Utterance apart() {
        return new Utterance(
                spoken.stream()
                        .flatMap(word ->
                                Stream.of(word, new Spoken(Grammar.END, List.of(Pronunciation.SILENCE), word.at())))
                        .toList(),
                leftOut);
    }

    private Stream<Spoken> withUnknown(String unknown) {
        return Stream.concat(
                        spoken.stream(),
                        leftOut.stream().map(part -> new Spoken(part.text(), List.of(unknown), part.at())))
                .sorted(Comparator.comparingInt(Spoken::at)); // words of one place stay in order
    }

    private static List<String> names(List<Phone> phones) {
        return phones.stream().map(Phone::name).toList();
    }

    /** The phones with their places. */
    List<Phone> placed() {
        return placed(spoken);
    }

    private List<Phone> placed(List<Spoken> parts) {
        if (isSilent()) {
            return List.of();
        }
        List<Phone> phones = new ArrayList<>(
                List.of(new Phone(Pronunciation.SILENCE, parts.get(0).at())));
        for (Spoken part : parts) {
            if (part.isPause()) {
                rest(phones, part.phones().get(0), part.at());
            } else {
                part.phones().forEach(phone -> phones.add(new Phone(phone, part.at())));
            }
        }
        rest(phones, Pronunciation.SILENCE, parts.get(parts.size() - 1).at());
        return List.copyOf(phones);
    }

    /** Two pauses beside each other are the longer one. */
    private static void rest(List<Phone> phones, String pause, int at) {
        int last = phones.size() - 1;
        if (phones.get(last).name().equals(Pronunciation.PAUSE)) {
            phones.set(last, new Phone(pause, phones.get(last).at()));
        } else if (!phones.get(last).name().equals(Pronunciation.SILENCE)) {
            phones.add(new Phone(pause, at));
        }
    }
}
