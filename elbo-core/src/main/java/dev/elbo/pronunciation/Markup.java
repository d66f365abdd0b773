package dev.elbo.pronunciation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A text, and in which manner its parts are said: the part of SSML 1.1 that is {@code <speak>}, {@code <break time="300ms"/>}, {@code
 * <prosody rate="80%" pitch="+2st">}, {@code <phoneme alphabet="x-arpabet" ph="HH AH0 L OW1">} and {@code <sub alias="…">}. A text
 * without tags is all one.
 *
 * @param parts in their order
 */
public record Markup(List<Part> parts) {
    /** Copies. */
    public Markup {
        parts = List.copyOf(parts);
    }

    /** A piece of a text. */
    public sealed interface Part {}

    /**
     * Text that is said in one manner, with phones between braces.
     *
     * @param text without tags
     * @param rate how fast: 2 is twice as fast as the speaker is
     * @param semitones how much higher
     */
    public record Said(String text, double rate, double semitones) implements Part {}

    /**
     * Where nothing is said.
     *
     * @param seconds how long
     */
    public record Pause(double seconds) implements Part {}

    /**
     * What speech is made of.
     *
     * @param segments in their order
     * @param leftOut what is not said, by its place in {@link Markup#text}
     */
    public record Reading(List<Segment> segments, List<LeftOut> leftOut) {
        /** Copies. */
        public Reading {
            segments = List.copyOf(segments);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A text with tags or without. It has tags if a letter, {@code /}, {@code !} or {@code ?} stands behind some {@code <}.
     *
     * @throws IllegalArgumentException naming the line, the column and the tag, if a tag is unknown, is not closed, or says what it cannot
     */
    public static Markup parse(String text) {
        return text.matches("(?s).*<[\\p{L}/!?].*") ? new Ssml(text).read() : new Markup(List.of(new Said(text, 1, 0)));
    }

    /** The text without its tags; a pause is a space. */
    public String text() {
        return parts.stream()
                .map(part -> part instanceof Said said ? said.text() : " ")
                .collect(Collectors.joining());
    }

    /**
     * Its phones.
     *
     * @throws IllegalArgumentException if there is nothing to pronounce, or phones between braces are not the language's
     */
    public Reading read(Pronunciation pronunciation) {
        return read(pronunciation, UnaryOperator.identity());
    }

    /**
     * Its phones, where what is said without a pause between is put in another way.
     *
     * @param put such as {@link Utterance#apart}
     * @throws IllegalArgumentException if there is nothing to pronounce, or phones between braces are not the language's
     */
    public Reading read(Pronunciation pronunciation, UnaryOperator<Utterance> put) {
        pronunciation.requireSpoken(pronunciation.utterance(text()), text());
        List<Segment> segments = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        int at = 0;
        for (int from = 0; from < parts.size(); ) {
            if (parts.get(from) instanceof Pause pause) {
                pause(segments, pause.seconds());
                at++;
                from++;
            } else {
                Stretch stretch = stretch(from);
                Utterance utterance = put.apply(pronunciation.utterance(stretch.text()));
                segments.addAll(stretch.segments(utterance));
                for (LeftOut part : utterance.leftOut()) {
                    leftOut.add(new LeftOut(part.text(), at + part.at()));
                }
                at += stretch.text().length();
                from += stretch.parts().size();
            }
        }
        return new Reading(segments, leftOut);
    }

    /** What is said from a part on, up to a pause. */
    private Stretch stretch(int from) {
        return new Stretch(parts.subList(from, parts.size()).stream()
                .takeWhile(Said.class::isInstance)
                .map(Said.class::cast)
                .toList());
    }

    /** Makes the pause behind the last segment longer; where nothing was said yet, it is a segment without phones. */
    private static void pause(List<Segment> segments, double seconds) {
        Segment last = segments.isEmpty() ? new Segment(List.of(), 1, 0, 0) : segments.remove(segments.size() - 1);
        segments.add(new Segment(last.phones(), last.rate(), last.semitones(), last.pauseSeconds() + seconds));
    }
}
