package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refusals of the studio, in Chinese: {@code problems-zh.json} has pairs of an English sentence and a Chinese one, in which {0}, {1} … stand
 * for what differs from case to case. Sentences of the library are not among them, and stay English.
 */
final class ChineseSentences {
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)}");
    private static final List<Sentence> ALL = read();

    private ChineseSentences() {}

    /** An English sentence with holes, and the same in Chinese. */
    private record Sentence(Pattern english, String chinese) {
        static Sentence of(String english, String chinese) {
            StringBuilder pattern = new StringBuilder();
            Matcher hole = HOLE.matcher(english);
            int from = 0;
            while (hole.find()) {
                pattern.append(Pattern.quote(english.substring(from, hole.start())))
                        .append("(.*?)");
                from = hole.end();
            }
            pattern.append(Pattern.quote(english.substring(from)));
            return new Sentence(Pattern.compile(pattern.toString(), Pattern.DOTALL), chinese);
        }

        Optional<String> translate(String sentence) {
            Matcher match = english.matcher(sentence);
            return match.matches()
                    ? Optional.of(HOLE.matcher(chinese)
                            .replaceAll(
                                    hole -> Matcher.quoteReplacement(match.group(Integer.parseInt(hole.group(1)) + 1))))
                    : Optional.empty();
        }
    }

    private static List<Sentence> read() {
        try (InputStream in = Objects.requireNonNull(ChineseSentences.class.getResourceAsStream("problems-zh.json"))) {
            List<Sentence> all = new ArrayList<>();
            for (JsonNode pair : new ObjectMapper().readTree(in)) {
                all.add(Sentence.of(pair.path(0).asText(), pair.path(1).asText()));
            }
            return all;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The sentence in Chinese, or as it is if it is not known. */
    static String of(String english) {
        return ALL.stream()
                .flatMap(sentence -> sentence.translate(english).stream())
                .findFirst()
                .orElse(english);
    }
}
