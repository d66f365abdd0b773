package dev.elbo.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tokeniser that learns nothing from the text. */
enum PlainTokeniser implements Tokeniser {
    WORDS(Words::of, Words::join),
    SPACES(Spaces::words, words -> String.join(" ", words)),
    CHARACTERS(Spaces::characters, Spaces::joinedCharacters),
    JIEBA(Jieba::words, Words::join);

    private final Function<String, List<String>> splitting;
    private final Function<List<String>, String> joining;

    PlainTokeniser(Function<String, List<String>> splitting, Function<List<String>, String> joining) {
        this.splitting = splitting;
        this.joining = joining;
    }

    /** Its name in settings and files: {@code words}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, with commas between them. */
    static String names() {
        return Stream.of(values()).map(PlainTokeniser::toString).collect(Collectors.joining(", "));
    }

    @Override
    public List<String> split(String sentence) {
        return splitting.apply(sentence);
    }

    @Override
    public String join(List<String> tokens) {
        return joining.apply(tokens);
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
    public Vocabulary vocabulary(Map<String, Long> units, int most, int minCount) {
        return Vocabulary.of(units, most, minCount, this);
    }

    @Override
    public void writeTo(ObjectNode json) {
        json.put("tokens", toString());
    }
}
