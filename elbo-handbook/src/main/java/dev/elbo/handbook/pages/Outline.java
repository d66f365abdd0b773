package dev.elbo.handbook.pages;

import dev.elbo.handbook.draw.Language;
import dev.elbo.handbook.draw.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The headings of the handbook, in their order. */
public final class Outline {
    private static final List<Heading> HEADINGS = read();

    private Outline() {}

    /**
     * A heading.
     *
     * @param number such as {@code 2.2.1}
     */
    public record Heading(String number, Words title) {

        /** 1 for a chapter, 2 for a section, 3 for what it is made of. */
        public int level() {
            return 1 + (int) number.chars().filter(letter -> letter == '.').count();
        }

        /** The chapter that it belongs to. */
        public int chapter() {
            int end = number.indexOf('.');
            return Integer.parseInt(end < 0 ? number : number.substring(0, end));
        }

        /** The line of a page that is this heading. */
        public String line(Language language) {
            return "#".repeat(level()) + " " + number + " " + title.in(language);
        }
    }

    /** All headings. */
    public static List<Heading> headings() {
        return HEADINGS;
    }

    /** The headings of a chapter, its own first. */
    public static List<Heading> chapter(int number) {
        return HEADINGS.stream().filter(heading -> heading.chapter() == number).toList();
    }

    private static List<Heading> read() {
        try (InputStream file = Objects.requireNonNull(Outline.class.getResourceAsStream("outline.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\\|", -1))
                    .map(parts -> new Heading(parts[0], Words.of(parts[2], parts[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
