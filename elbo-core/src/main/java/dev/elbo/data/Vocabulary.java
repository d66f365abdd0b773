package dev.elbo.data;

import dev.elbo.pronunciation.Markup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words that a text may have, and their numbers. The first numbers stand for no word: {@link #PADDING}, {@link #UNKNOWN},
 * {@link #BEGIN} and {@link #END}. The words follow, the most frequent first.
 */
public final class Vocabulary {
    /** What fills a row behind the end of its sentence. */
    public static final long PADDING = 0;

    /** A word that is not in the vocabulary, written "&lt;unk&gt;". */
    public static final long UNKNOWN = 1;

    /** What a decoder is given before the first word; no sentence is stored with it. */
    public static final long BEGIN = 2;

    /** The last token of every sentence. */
    public static final long END = 3;

    private static final String UNKNOWN_WORD = "<unk>";
    private static final List<String> SPECIAL = List.of("<pad>", UNKNOWN_WORD, "<s>", "</s>");

    private final List<Word> words;
    private final Tokeniser tokeniser;
    private final Map<String, Long> ids = new HashMap<>();

    /**
     * A word.
     *
     * @param text as it is written
     * @param count how often it occurs in the text that the vocabulary was made from
     */
    public record Word(String text, long count) {}

    /**
     * Numbers words in the order given.
     *
     * @throws IllegalArgumentException if there are none, or a word is blank, is there twice, or is written as a special token
     */
    public Vocabulary(List<Word> words) {
        this(words, Tokeniser.WORDS);
    }

    /**
     * Numbers words in the order given.
     *
     * @param tokeniser what the words of a sentence are
     * @throws IllegalArgumentException if there are none, or a word is blank, is there twice, or is written as a special token
     */
    public Vocabulary(List<Word> words, Tokeniser tokeniser) {
        this.words = List.copyOf(words);
        this.tokeniser = tokeniser;
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a vocabulary has at least one word");
        }
        for (Word word : words) {
            String text = word.text();
            boolean isNew = ids.put(text, (long) (SPECIAL.size() + ids.size())) == null;
            if (text.isBlank() || !isNew || SPECIAL.contains(text)) {
                throw new IllegalArgumentException("a vocabulary has different words, none of them blank or one of "
                        + SPECIAL + "; got '" + text + "'" + (isNew ? "" : " twice"));
            }
        }
    }

    /**
     * The words of a text that are frequent enough, the most frequent first; words that are as frequent come in the order of
     * the alphabet.
     *
     * @param text all words of the text
     * @param most how many words to keep
     * @param minCount how often a word must occur
     * @throws IllegalArgumentException if no word occurs so often
     */
    public static Vocabulary of(Stream<String> text, int most, int minCount) {
        Map<String, Long> counts = new HashMap<>();
        text.forEach(word -> counts.merge(word, 1L, Long::sum));
        return of(counts, most, minCount, Tokeniser.WORDS);
    }

    /** The vocabulary of words that occur so often, and of a tokeniser. */
    static Vocabulary of(Map<String, Long> counts, int most, int minCount, Tokeniser tokeniser) {
        return new Vocabulary(mostFrequent(counts, most, minCount), tokeniser);
    }

    /** Words in the order in which a vocabulary has them. */
    static List<Word> mostFrequent(Map<String, Long> counts, int most, int minCount) {
        return counts.entrySet().stream()
                .filter(word -> word.getValue() >= minCount && !SPECIAL.contains(word.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(word -> new Word(word.getKey(), word.getValue()))
                .toList();
    }

    /** The words, without the special tokens. */
    public List<Word> words() {
        return words;
    }

    /** The number of different tokens: the words and the special ones. */
    public int size() {
        return SPECIAL.size() + words.size();
    }

    /** The number of a word; {@link #UNKNOWN} if it is not in the vocabulary. */
    public long id(String word) {
        return ids.getOrDefault(word, UNKNOWN);
    }

    /**
     * The word of a number, or how the special token is written.
     *
     * @throws IndexOutOfBoundsException if there is no such token
     */
    public String word(long id) {
        return id < SPECIAL.size()
                ? SPECIAL.get(Math.toIntExact(id))
                : words.get(Math.toIntExact(id) - SPECIAL.size()).text();
    }

    /** The words of a sentence, in the form in which the vocabulary has them. */
    public List<String> split(String sentence) {
        return tokeniser.split(sentence);
    }

    /** The words of a sentence as a model writes it, in which {@code <unk>} stands for a word that it does not know. */
    public List<String> splitWritten(String sentence) {
        List<String> parts = List.of(sentence.split(UNKNOWN_WORD, -1));
        List<String> words = new ArrayList<>(split(parts.get(0)));
        for (String part : parts.subList(1, parts.size())) {
            words.add(UNKNOWN_WORD);
            words.addAll(split(part));
        }
        return List.copyOf(words);
    }

    /** A sentence as a model writes it, {@link #splitWritten}, as it is stored. */
    public long[] encodeWritten(String sentence) {
        return encode(splitWritten(sentence));
    }

    /**
     * A text as it is said, whose tags are SSML.
     *
     * @throws IllegalArgumentException if its tokens are no phones, or there is nothing to pronounce
     */
    public Markup.Reading pronounced(String text) {
        if (tokeniser instanceof Phones phones) {
            return phones.pronounced(text);
        }
        throw new IllegalArgumentException(
                "tokens of kind " + tokeniser + " say nothing of sounds; train with --set tokens=phones(en)");
    }

    /** The rule by which sentences are parted into its words. */
    public Tokeniser tokeniser() {
        return tokeniser;
    }

    /** A sentence as it is stored: the numbers of its words, then {@link #END}. */
    public long[] encode(String sentence) {
        return encode(split(sentence));
    }

    /** Words as they are stored. */
    long[] encode(List<String> sentence) {
        long[] tokens = new long[sentence.size() + 1];
        for (int i = 0; i < sentence.size(); i++) {
            tokens[i] = id(sentence.get(i));
        }
        tokens[sentence.size()] = END;
        return tokens;
    }

    /** The sentence of some tokens, as it is usually written; it ends with the first {@link #END} or {@link #PADDING}. */
    public String decode(long... tokens) {
        List<String> sentence = new ArrayList<>();
        for (long token : tokens) {
            if (token == END || token == PADDING) {
                break;
            }
            if (token != BEGIN) {
                sentence.add(word(token));
            }
        }
        return tokeniser.join(sentence);
    }

    /** The sentences of some tokens, each of which ends with {@link #END}; nothing stands behind {@link #PADDING}. */
    public List<String> decodeAll(long... tokens) {
        List<String> sentences = new ArrayList<>();
        for (int from = 0; from < tokens.length && tokens[from] != PADDING; ) {
            long[] rest = Arrays.copyOfRange(tokens, from, tokens.length);
            sentences.add(decode(rest));
            while (from < tokens.length && tokens[from] != END) {
                from++;
            }
            from++;
        }
        return sentences;
    }

    /** Whether the other has the same words in the same order, with the same counts, of the same tokeniser. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary vocabulary
                && vocabulary.words.equals(words)
                && vocabulary.tokeniser.equals(tokeniser);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    /** As in "9,996 words". */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d words", words.size());
    }
}
