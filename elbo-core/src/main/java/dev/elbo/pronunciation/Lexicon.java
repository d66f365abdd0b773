package dev.elbo.pronunciation;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words of one's own, and how they sound: a word and its phones on each line, with spaces between. Of Mandarin the phones are toned
 * pinyin. A line that begins with # says something to people; letters may be of any case.
 *
 * <pre>
 * Elbo      EH1 L B OW0
 * 行长      hang2 zhang3
 * </pre>
 */
public final class Lexicon {
    /** No words. */
    public static final Lexicon EMPTY = new Lexicon("", Map.of());

    private final String origin;
    private final Map<String, Entry> entries;

    private record Entry(List<String> phones, int line) {}

    private Lexicon(String origin, Map<String, Entry> entries) {
        this.origin = origin;
        this.entries = entries;
    }

    /**
     * The lexicon of a file.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line is no word with phones
     */
    public static Lexicon read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException damage) {
            throw new IllegalArgumentException("the lexicon " + file + " is not UTF-8; save it as UTF-8", damage);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the lexicon " + file + " cannot be read (" + unreadable.getMessage()
                            + "); give a file with a word and its phones on each line",
                    unreadable);
        }
    }

    /**
     * The lexicon of a file's content.
     *
     * @param origin what the file is called, for messages
     * @throws IllegalArgumentException if a line is no word with phones
     */
    public static Lexicon parse(String origin, String content) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> lines = content.replaceFirst("^\ufeff", "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(origin, i + 1, line, entries);
            }
        }
        return new Lexicon(origin, entries);
    }

    private static void add(String origin, int number, String line, Map<String, Entry> entries) {
        List<String> parts = Arrays.asList(line.split("\\s+"));
        String where = origin + ", line " + number + ": ";
        if (parts.size() < 2) {
            throw new IllegalArgumentException(
                    where + "a word and its phones were expected, as in 'Elbo EH1 L B OW0'; got '" + line + "'");
        }
        String word = parts.get(0).toLowerCase(Locale.ROOT);
        Entry entry = new Entry(List.copyOf(parts.subList(1, parts.size())), number);
        Entry before = entries.putIfAbsent(word, entry);
        if (before != null) {
            throw new IllegalArgumentException(
                    where + "'" + word + "' stands in line " + before.line() + " already; keep one of both");
        }
    }

    /**
     * That its phones are those of a language.
     *
     * @throws IllegalArgumentException naming the file and the line if some are not
     */
    void require(Language language) {
        entries.forEach((word, entry) -> {
            try {
                language.requireEntry(word, entry.phones());
            } catch (IllegalArgumentException fault) {
                throw new IllegalArgumentException(
                        origin + ", line " + entry.line() + ": '" + word + "': " + fault.getMessage(), fault);
            }
        });
    }

    /** The phones that the lexicon gives for a word; nothing if it does not have it. */
    List<String> given(String word) {
        Entry entry = entries.get(word.toLowerCase(Locale.ROOT));
        return entry == null ? List.of() : entry.phones();
    }

    /** Whether it has no words. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The number of characters of its longest word. */
    int longest() {
        return entries.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** The content of a file that says the same. */
    public String content() {
        return entries.entrySet().stream()
                .map(entry ->
                        entry.getKey() + " " + String.join(" ", entry.getValue().phones()) + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lexicon lexicon && content().equals(lexicon.content());
    }

    @Override
    public int hashCode() {
        return Objects.hash(content());
    }

    /** The file that it was read from. */
    @Override
    public String toString() {
        return origin;
    }
}
