package dev.elbo.generate;

import dev.elbo.pronunciation.Markup;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.pronunciation.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said at once, with silence at both ends.
 *
 * @param parts in their order, each in a manner of its own; none where there is a pause alone
 * @param pauseSeconds how long nothing is said behind it, beside its own silence
 */
public record Sentence(List<Part> parts, double pauseSeconds) {
    /** Copies. */
    public Sentence {
        parts = List.copyOf(parts);
    }

    /**
     * Phones that are said in one manner.
     *
     * @param rate how many times as fast as the rest
     * @param semitones how much higher than the rest
     */
    public record Part(List<String> phones, double rate, double semitones) {
        /** Copies. */
        public Part {
            phones = List.copyOf(phones);
        }
    }

    /** All phones. */
    public List<String> phones() {
        return parts.stream().flatMap(part -> part.phones().stream()).toList();
    }

    /** The sentences of a text as it is said. */
    static List<Sentence> of(Markup.Reading reading) {
        Cutting cutting = new Cutting();
        reading.segments().forEach(cutting::add);
        cutting.close(0);
        return List.copyOf(cutting.sentences);
    }

    /** Sentences as they are cut out of a text, at each silence and each pause. */
    private static final class Cutting {
        private final List<Sentence> sentences = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();
        private final List<String> phones = new ArrayList<>();

        void add(Segment segment) {
            for (String phone : segment.phones()) {
                if (!phone.equals(Pronunciation.SILENCE)) {
                    phones.add(phone);
                } else if (!phones.isEmpty() || !parts.isEmpty()) {
                    part(segment);
                    close(0);
                }
            }
            part(segment);
            if (segment.pauseSeconds() > 0) {
                close(segment.pauseSeconds());
            }
        }

        private void part(Segment manner) {
            if (!phones.isEmpty()) {
                parts.add(new Part(phones, manner.rate(), manner.semitones()));
                phones.clear();
            }
        }

        /** Ends a sentence; a pause where none is open belongs to the one before. */
        void close(double pauseSeconds) {
            if (!parts.isEmpty()) {
                sentences.add(new Sentence(silent(parts), pauseSeconds));
                parts.clear();
            } else if (pauseSeconds > 0) {
                Sentence before =
                        sentences.isEmpty() ? new Sentence(List.of(), 0) : sentences.remove(sentences.size() - 1);
                sentences.add(new Sentence(before.parts(), before.pauseSeconds() + pauseSeconds));
            }
        }

        /** With silence at both ends. */
        private static List<Part> silent(List<Part> parts) {
            List<Part> all = new ArrayList<>(parts);
            Part first = all.get(0);
            all.set(
                    0,
                    new Part(joined(List.of(Pronunciation.SILENCE), first.phones()), first.rate(), first.semitones()));
            Part last = all.get(all.size() - 1);
            all.set(
                    all.size() - 1,
                    new Part(joined(last.phones(), List.of(Pronunciation.SILENCE)), last.rate(), last.semitones()));
            return all;
        }

        private static List<String> joined(List<String> first, List<String> then) {
            List<String> all = new ArrayList<>(first);
            all.addAll(then);
            return all;
        }
    }
}
