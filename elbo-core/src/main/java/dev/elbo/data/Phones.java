package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.pronunciation.Lexicon;
import dev.elbo.pronunciation.Markup;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.pronunciation.Utterance;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence sounds like: each phone is a token, with silence at both ends. What the language has no sound for is an unknown token
 * each. A run keeps the words of a lexicon, and is opened without its file.
 *
 * <p>A vocabulary has every phone that occurs, however seldom, in the order of the alphabet.
 */
final class Phones implements Tokeniser {
    /** The beginning of its name in settings. */
    static final String NAME = "phones";

    private static final String APART = "apart";
    private static final String LEXICON = "lexicon";
    private static final String OF_A_RUN = "lexicon.txt of the run";
    private static final String UNKNOWN = "<unk>";
    private static final Pattern SETTING = Pattern.compile(NAME + "\\(\\s*([^,()]*?)\\s*(?:,\\s*(.+?)\\s*)?\\)");

    private final String language;
    private final String path;
    private final boolean isApart;
    private @Nullable Pronunciation pronunciation;

    /**
     * A tokeniser.
     *
     * @param isApart whether there is silence between words
     * @param path the file of a lexicon, which is read when it is first used: a run that was trained with it may be elsewhere; or ""
     */
    private Phones(String language, String path, boolean isApart, @Nullable Pronunciation pronunciation) {
        this.language = language;
        this.path = path;
        this.isApart = isApart;
        this.pronunciation = pronunciation;
    }

    /** The tokeniser of a pronunciation. */
    static Phones of(Pronunciation pronunciation) {
        return new Phones(pronunciation.language(), pronunciation.lexicon().toString(), false, pronunciation);
    }

    /** The same with silence between words, for recordings that have one word each: nobody was heard to go on from one to the next. */
    Phones apart() {
        return new Phones(language, path, true, pronunciation);
    }

    /** The tokeniser of a setting: {@code phones(en)}, or {@code phones(en, lexicon.txt)}. */
    static Phones parse(String text) {
        Matcher setting = setting(text);
        Phones plain = of(Pronunciation.of(setting.group(1)));
        String file = setting.group(2);
        return file == null
                ? plain
                : new Phones(
                        plain.language,
                        Path.of(file).toAbsolutePath().normalize().toString(),
                        false,
                        null);
    }

    private synchronized Pronunciation pronunciation() {
        if (pronunciation == null) {
            pronunciation = Pronunciation.of(language, Lexicon.read(Path.of(path)));
        }
        return pronunciation;
    }

    private static Matcher setting(String text) {
        Matcher setting = SETTING.matcher(text);
        if (!setting.matches()) {
            throw new IllegalArgumentException(
                    "write phones(en), or phones(en, lexicon.txt) with words of your own; got '" + text + "'");
        }
        return setting;
    }

    /** The tokeniser that was written. */
    static Phones of(String name, JsonNode json) {
        String language = setting(name).group(1);
        Lexicon lexicon = json.has(LEXICON) ? Lexicon.parse(OF_A_RUN, FieldJson.text(json, LEXICON)) : Lexicon.EMPTY;
        Phones phones = of(Pronunciation.of(language, lexicon));
        return json.path(APART).asBoolean() ? phones.apart() : phones;
    }

    @Override
    public void writeTo(ObjectNode json) {
        json.put("tokens", NAME + "(" + language + ")");
        if (isApart) {
            json.put(APART, true);
        }
        if (!pronunciation().lexicon().isEmpty()) {
            json.put(LEXICON, pronunciation().lexicon().content());
        }
    }

    @Override
    public List<String> split(String sentence) {
        return as(pronunciation().utterance(sentence)).phones(UNKNOWN);
    }

    private Utterance as(Utterance utterance) {
        return isApart ? utterance.apart() : utterance;
    }

    /** A text with tags or without, as it is said. */
    Markup.Reading pronounced(String text) {
        return Markup.parse(text).read(pronunciation(), this::as);
    }

    @Override
    public List<String> units(String sentence) {
        return split(sentence);
    }

    @Override
    public List<String> tokens(String unit) {
        return List.of(unit);
    }

    @Override
    public String join(List<String> tokens) {
        return String.join(" ", tokens);
    }

    @Override
    public Vocabulary vocabulary(Map<String, Long> units, int most, int minCount) {
        return new Vocabulary(
                Vocabulary.mostFrequent(units, most, 1).stream()
                        .sorted(Comparator.comparing(Vocabulary.Word::text))
                        .toList(),
                this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Phones phones
                && phones.language.equals(language)
                && phones.isApart == isApart
                && ((phones.path.equals(path) && !path.equals(OF_A_RUN))
                        || pronunciation()
                                .lexicon()
                                .equals(phones.pronunciation().lexicon()));
    }

    @Override
    public int hashCode() {
        return language.hashCode(); // lexicons of other paths may be the same
    }

    /** As in settings. */
    @Override
    public String toString() {
        return NAME + "(" + language + (path.isEmpty() ? "" : ", " + path) + ")";
    }
}
