package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChineseSentencesTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private static JsonNode pairs() throws IOException {
        try (InputStream in = Objects.requireNonNull(ChineseSentences.class.getResourceAsStream("problems-zh.json"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<String> holes(String sentence) {
        return HOLE.matcher(sentence).results().map(MatchResult::group).sorted().toList();
    }

    @Test
    void everySentenceIsTranslatedWithAllItSays() throws IOException {
        for (JsonNode pair : pairs()) {
            String english = pair.path(0).asText();
            String chinese = pair.path(1).asText();
            assertThat(CHINESE.matcher(chinese).find()).as(chinese).isTrue();
            assertThat(holes(english)).containsAll(holes(chinese));
            String said = ChineseSentences.of(HOLE.matcher(english).replaceAll("7"));
            assertThat(said)
                    .isNotEqualTo(english)
                    .matches(text -> CHINESE.matcher(text).find());
        }
    }

    @Test
    void whatStandsBetweenTheWordsIsKept() {
        assertThat(ChineseSentences.of("'name' is to be a number from 0.0 to 2.0; got {\"a\": $1}"))
                .contains("name", "0.0", "2.0", "{\"a\": $1}");
        assertThat(ChineseSentences.of("a sentence of the library")).isEqualTo("a sentence of the library");
    }

    /** A sentence that was changed in the sources would silently stay English. */
    @Test
    void everySentenceIsSaidSomewhere() throws IOException {
        String said;
        try (Stream<Path> own = Files.walk(Path.of("src/main/java"));
                Stream<Path> options = Files.walk(Path.of("../elbo-core/src/main/java/dev/elbo/option"));
                Stream<Path> files = Stream.concat(own, options)) {
            said = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ChineseSentencesTest::texts)
                    .collect(Collectors.joining("\n"));
        }
        for (JsonNode pair : pairs()) {
            String english = pair.path(0).asText();
            assertThat(said).as(english).contains(someWords(english));
        }
    }

    /** Three words of the longest piece, without the remedy that several sentences share: hardly a line of the sources breaks there. */
    private static String someWords(String english) {
        String longest = Stream.of(HOLE.split(english.replaceAll("\\. Open the link.*", "")))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        return Stream.of(longest.strip().split(" ")).limit(3).collect(Collectors.joining(" "));
    }

    private static String texts(Path file) {
        try {
            String source = Files.readString(file, StandardCharsets.UTF_8);
            return TEXT.matcher(source).results().map(found -> found.group(1)).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
