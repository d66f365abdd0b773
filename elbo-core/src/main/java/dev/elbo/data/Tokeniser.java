package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The rule by which a sentence is parted into tokens, and put together again. A sentence has units, which stand alone, and a unit has
 * tokens: a unit of {@link Bpe} is a word, whose tokens are its pieces; for others both are the same. No token is blank.
 *
 * <p>It has no default methods: constants of an interface that has some may be seen before they are set.
 */
public interface Tokeniser {
    /** Words and punctuation, in small letters; each Chinese or Japanese character is a word. */
    Tokeniser WORDS = PlainTokeniser.WORDS;

    /** Words stand between spaces, and stay as they are: for text that was split before. */
    Tokeniser SPACES = PlainTokeniser.SPACES;

    /** Characters, as they are. A space is written ␣ among them. */
    Tokeniser CHARACTERS = PlainTokeniser.CHARACTERS;

    /** Chinese words, by a dictionary and a model of words that are not in it; other words as {@link #WORDS} has them. */
    Tokeniser JIEBA = PlainTokeniser.JIEBA;

    /** The tokens of a sentence, in their order. */
    List<String> split(String sentence);

    /** A sentence of tokens, as it is usually written. */
    String join(List<String> tokens);

    /** The units of a sentence, in their order. */
    List<String> units(String sentence);

    /** The tokens of a unit, in their order. */
    List<String> tokens(String unit);

    /**
     * The vocabulary of a text. Its tokeniser is this one, or what this one becomes when it has learned from the text.
     *
     * @param units how often each unit occurs in the text
     * @param most how many tokens to keep
     * @param minCount how often a token must occur
     * @throws IllegalArgumentException if no token occurs so often
     */
    Vocabulary vocabulary(Map<String, Long> units, int most, int minCount);

    /** Adds what {@link #of} makes this of. */
    void writeTo(ObjectNode json);

    /**
     * The tokeniser of a name: {@code words}, {@code spaces}, {@code characters}, {@code jieba}, {@code bpe(8000)}, {@code phones(en)}, or the
     * path of a file tokenizer.json, which is read when it is first used.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    static Tokeniser parse(String text) {
        for (PlainTokeniser plain : PlainTokeniser.values()) {
            if (plain.toString().equals(text)) {
                return plain;
            }
        }
        if (text.endsWith(".json")) {
            return TokenizerFile.at(text);
        }
        if (text.startsWith(Bpe.NAME)) {
            return Bpe.parse(text);
        }
        if (text.startsWith(Phones.NAME)) {
            return Phones.parse(text);
        }
        throw new IllegalArgumentException("choose one of " + PlainTokeniser.names()
                + ", bpe(8000), phones(en), or the path of a file tokenizer.json");
    }

    /**
     * What {@link #writeTo} wrote; words, where an earlier version of Elbo said nothing.
     *
     * @throws IllegalArgumentException naming what is missing or unexpected
     */
    static Tokeniser of(JsonNode json) {
        String name = json.path("tokens").asText("words");
        if (name.equals(TokenizerFile.NAME)) {
            return TokenizerFile.of(json);
        }
        if (name.startsWith(Phones.NAME)) {
            return Phones.of(name, json);
        }
        return name.startsWith(Bpe.NAME) ? Bpe.of(name, json) : parse(name);
    }
}
