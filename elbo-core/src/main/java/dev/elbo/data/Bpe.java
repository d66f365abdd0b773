package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding: a word is a sequence of characters, of which those that most often stand side by side in the text have been
 * merged, again and again. Sennrich et al. (2016), Neural Machine Translation of Rare Words with Subword Units, section 3.2. Unlike
 * there, a mark stands before a word that a space precedes rather than behind every word, and punctuation is parted from words: so a
 * sentence is put together exactly, but for its white space, which becomes single spaces.
 */
final class Bpe implements Tokeniser {
    /** The beginning of its name in settings. */
    static final String NAME = "bpe";

    /** A space; in a text it is read as one. */
    private static final String MARK = "▁";

    /** A run of letters, digits or others, with the space before it; the time to merge grows with its square. */
    private static final Pattern UNIT =
            Pattern.compile(MARK + "?(?:[\\p{L}\\p{M}]{1,64}+|\\p{N}{1,64}+|[^" + MARK + "\\p{L}\\p{M}\\p{N}]{1,64}+)");

    private static final Pattern SETTING = Pattern.compile(NAME + "\\((\\d{1,7})\\)");

    private final int size;
    private final List<Merge> merges;
    private final Map<Merge, Integer> ranks = new HashMap<>();

    /** Two neighbours that become one. */
    record Merge(String left, String right) {
        String merged() {
            return left + right;
        }
    }

    /**
     * An encoding.
     *
     * @param size of the vocabulary
     * @param merges the first to be done first; none before it has learned from a text
     * @throws IllegalArgumentException if the size is not positive
     */
    Bpe(int size, List<Merge> merges) {
        if (size < 1) {
            throw new IllegalArgumentException("an encoding has at least 1 piece, as in bpe(8000); got " + size);
        }
        this.size = size;
        this.merges = List.copyOf(merges);
        merges.forEach(merge -> ranks.putIfAbsent(merge, ranks.size()));
    }

    /** The encoding of a setting, which has learned nothing yet. */
    static Bpe parse(String text) {
        Matcher setting = SETTING.matcher(text);
        if (!setting.matches()) {
            throw new IllegalArgumentException(
                    "write bpe(8000) for a byte-pair encoding of 8,000 pieces; got '" + text + "'");
        }
        return new Bpe(Integer.parseInt(setting.group(1)), List.of());
    }

    @Override
    public List<String> units(String sentence) {
        String spaced = Spaces.single(sentence.replace(MARK, " "));
        return UNIT.matcher(spaced.isEmpty() ? "" : MARK + spaced.replace(" ", MARK))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Override
    public List<String> split(String sentence) {
        return units(sentence).stream().flatMap(unit -> tokens(unit).stream()).toList();
    }

    @Override
    public List<String> tokens(String unit) {
        List<String> pieces =
                unit.codePoints().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
        for (Merge next = first(pieces); next != null; next = first(pieces)) {
            merge(pieces, next);
        }
        return pieces;
    }

    /** The merge of neighbours that was learned before all others that are possible. */
    private @Nullable Merge first(List<String> pieces) {
        Merge first = null;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < pieces.size(); i++) {
            Merge pair = new Merge(pieces.get(i), pieces.get(i + 1));
            int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
            if (rank < least) {
                least = rank;
                first = pair;
            }
        }
        return first;
    }

    private static void merge(List<String> pieces, Merge pair) {
        for (int i = 0; i + 1 < pieces.size(); i++) {
            if (pieces.get(i).equals(pair.left()) && pieces.get(i + 1).equals(pair.right())) {
                pieces.set(i, pair.merged());
                pieces.remove(i + 1);
            }
        }
    }

    @Override
    public String join(List<String> tokens) {
        return String.join("", tokens).replace(MARK, " ").strip();
    }

    /** As large as its own size says, whatever the most is: all its characters and pieces are in it, so that rare words can be spelt. */
    @Override
    public Vocabulary vocabulary(Map<String, Long> units, int most, int minCount) {
        Map<String, Long> characters = new HashMap<>();
        units.forEach((unit, count) -> unit.codePoints()
                .forEach(character -> characters.merge(Character.toString(character), count, Long::sum)));
        List<String> alphabet = Vocabulary.mostFrequent(characters, size, minCount).stream()
                .map(Vocabulary.Word::text)
                .toList();
        Bpe learned = new Bpe(size, new BpeTraining(units, alphabet).merges(size - alphabet.size()));
        Map<String, Long> counts = new LinkedHashMap<>();
        alphabet.forEach(character -> counts.put(character, 0L));
        learned.merges.forEach(merge -> counts.put(merge.merged(), 0L));
        units.forEach((unit, count) -> learned.tokens(unit)
                .forEach(piece -> counts.computeIfPresent(piece, (same, before) -> before + count)));
        return Vocabulary.of(counts, counts.size(), 0, learned);
    }

    @Override
    public void writeTo(ObjectNode json) {
        json.put("tokens", toString());
        ArrayNode all = json.putArray("merges");
        merges.forEach(merge -> all.add(merge.left() + " " + merge.right()));
    }

    /** The encoding that was written, with what it has learned. */
    static Bpe of(String name, JsonNode json) {
        return new Bpe(
                parse(name).size,
                FieldJson.texts(json, "merges").stream().map(Bpe::merge).toList());
    }

    private static Merge merge(String text) {
        String[] both = text.split(" ", -1);
        if (both.length != 2) {
            throw new IllegalArgumentException("a merge is of two pieces; got '" + text + "'");
        }
        return new Merge(both[0], both[1]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bpe bpe && bpe.size == size && bpe.merges.equals(merges);
    }

    @Override
    public int hashCode() {
        return 31 * size + merges.hashCode();
    }

    /** As in settings: {@code bpe(8000)}. */
    @Override
    public String toString() {
        return NAME + "(" + size + ")";
    }
}
