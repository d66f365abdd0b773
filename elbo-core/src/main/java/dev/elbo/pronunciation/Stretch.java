package dev.elbo.pronunciation;

import dev.elbo.pronunciation.Markup.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said without a pause between.
 *
 * @param parts in their order
 */
record Stretch(List<Said> parts) {
    /** The text of all parts. */
    String text() {
        return parts.stream().map(Said::text).collect(Collectors.joining());
    }

    /** The phones of its text, parted where the manner changes. A word belongs to the part that it begins in. */
    List<Segment> segments(Utterance utterance) {
        List<Segment> segments = new ArrayList<>();
        List<String> phones = new ArrayList<>();
        Prosody manner = Prosody.PLAIN;
        for (Utterance.Phone phone : utterance.placed()) {
            Prosody its = manner(phone.at());
            if (!its.equals(manner) && !phones.isEmpty()) {
                segments.add(segment(phones, manner));
                phones.clear();
            }
            manner = its;
            phones.add(phone.name());
        }
        if (!phones.isEmpty()) {
            segments.add(segment(phones, manner));
        }
        return segments;
    }

    private static Segment segment(List<String> phones, Prosody manner) {
        return new Segment(phones, manner.rate(), manner.semitones(), 0);
    }

    private Prosody manner(int at) {
        int end = 0;
        for (Said part : parts) {
            end += part.text().length();
            if (at < end) {
                return new Prosody(part.rate(), part.semitones());
            }
        }
        throw new IllegalStateException("Bug: there is no part of a text at " + at);
    }
}
