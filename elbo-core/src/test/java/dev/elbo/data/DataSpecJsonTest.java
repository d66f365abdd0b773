package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DataSpecJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatWasWrittenIsReadBackEqualAndInItsOrder(@ForAll("specs") DataSpec spec) throws JsonProcessingException {
        DataSpec read = DataSpec.of(JSON.readTree(JSON.writeValueAsString(spec.toJson())));

        assertThat(read).isEqualTo(spec);
        assertThat(read.fields().keySet())
                .containsExactlyElementsOf(spec.fields().keySet());
        assertThat(spec.differences(read)).isEmpty();
    }

    @Provide
    Arbitrary<DataSpec> specs() {
        Arbitrary<Map<String, Field>> fields = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(5), field())
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<String> name = Arbitraries.strings().ofMaxLength(5).map(text -> "n" + text);
        return Combinators.combine(name, fields, Arbitraries.strings().ofMaxLength(20))
                .as((called, all, credit) -> new DataSpec(called, new LinkedHashMap<>(all), credit));
    }

    private static Arbitrary<Field> field() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 9);
        return Arbitraries.oneOf(
                Combinators.combine(size, size, size).as(Field.Image::new),
                names().map(Field.Category::new),
                names().flatMap(names -> statistics(names.size()).map(known -> new Field.Table(names, known))),
                Combinators.combine(names(), size).as((names, longest) -> new Field.Tokens(vocabulary(names), longest)),
                size.flatMap(channels -> Combinators.combine(
                                size, Arbitraries.doubles().between(0.1, 48_000), statistics(channels))
                        .as((longest, rate, known) -> new Field.Frames(channels, longest, rate, known))));
    }

    private static Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .ofMaxLength(5)
                .map(text -> "w" + text)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<Optional<Statistics>> statistics(int columns) {
        Arbitrary<List<Double>> mean = Arbitraries.doubles().list().ofSize(columns);
        Arbitrary<List<Double>> scale =
                Arbitraries.doubles().greaterOrEqual(0.01).list().ofSize(columns);
        return Combinators.combine(mean, scale).as(Statistics::new).optional();
    }

    private static Vocabulary vocabulary(List<String> words) {
        return new Vocabulary(IntStream.range(0, words.size())
                .mapToObj(i ->
                        new Vocabulary.Word(words.get(i), (long) words.get(i).hashCode() << i))
                .toList());
    }

    @Test
    void differenceIsToldByTheFieldThatHasIt() {
        DataSpec then = spec(Map.of("text", tokens(9, "the", "of", "and")));

        assertThat(then.differences(spec(Map.of("text", tokens(7, "the", "of")))))
                .containsExactly(
                        "field 'text' has 2 words where the run was trained with 3 words",
                        "field 'text' has sentences of up to 7 tokens where the run was trained with sentences of up to 9"
                                + " tokens");
        assertThat(then.differences(spec(Map.of("text", tokens(9, "the", "a", "of")))))
                .containsExactly("field 'text' has 'a' where the run was trained with 'of'");
        assertThat(then.differences(spec(Map.of("text", new Field.Table(3)))))
                .containsExactly("field 'text' is of the kind table where the run was trained with tokens");
        assertThat(then.differences(spec(Map.of("label", new Field.Category(List.of("a"))))))
                .containsExactly(
                        "there is no field 'text' that the run was trained with",
                        "there is a field 'label' that the run was trained without");
    }

    @Test
    void everySizeOfAFieldIsCompared() {
        Map<Field, Field> changed = Map.of(
                new Field.Image(1, 28, 28), new Field.Image(3, 28, 28),
                new Field.Image(1, 32, 28), new Field.Image(1, 32, 32),
                new Field.Category(List.of("cat")), new Field.Category(List.of("dog")),
                new Field.Table(List.of("age"), Optional.empty()), new Field.Table(List.of("size"), Optional.empty()),
                new Field.Table(1), new Field.Table(2),
                new Field.Frames(1, 9, 100), new Field.Frames(2, 9, 100),
                new Field.Frames(3, 9, 100), new Field.Frames(3, 8, 100),
                new Field.Frames(4, 9, 100), new Field.Frames(4, 9, 50));

        changed.forEach((then, now) -> assertThat(spec(Map.of("x", then)).differences(spec(Map.of("x", now))))
                .hasSize(1));
    }

    @Test
    void countsAndStatisticsMayDiffer() {
        Field words = new Field.Tokens(new Vocabulary(List.of(new Vocabulary.Word("the", 5))), 9);
        Field row = new Field.Table(List.of("c0"), Optional.of(new Statistics(List.of(0.0), List.of(1.0))));

        assertThat(spec(Map.of("text", words)).differences(spec(Map.of("text", tokens(9, "the")))))
                .isEmpty();
        assertThat(spec(Map.of("row", row)).differences(spec(Map.of("row", new Field.Table(1)))))
                .isEmpty();
    }

    @Test
    void damageIsNamedByFieldAndPart() throws JsonProcessingException {
        assertDamage("{'name': 'x', 'attribution': ''}", "expected an object as 'fields'; got missing");
        assertDamage(
                "{'name': 'x', 'attribution': '', 'fields': {'y': {'kind': 'smell'}}}",
                "field 'y': the kind 'smell' is unknown; known are image, category, table, tokens, frames");
        assertDamage(
                "{'name': 'x', 'attribution': '', 'fields': {'y': {'kind': 'category', 'names': ['a', 1]}}}",
                "field 'y': expected a list of texts as 'names'; got array");
        assertDamage(
                "{'name': 'x', 'attribution': '', 'fields': {'y': {'kind': 'image', 'channels': 1.5}}}",
                "field 'y': expected a whole number as 'channels'; got 1.5");
        assertDamage(
                "{'name': 'x', 'attribution': '', 'fields': {'y': {'kind': 'tokens', 'longest': 3, 'words': ['a'],"
                        + " 'counts': []}}}",
                "field 'y': 1 words have 0 counts");
    }

    private static void assertDamage(String json, String message) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(json.replace('\'', '"'));

        assertThatIllegalArgumentException().isThrownBy(() -> DataSpec.of(tree)).withMessage(message);
    }

    private static DataSpec spec(Map<String, Field> fields) {
        return new DataSpec("data", fields, "");
    }

    private static Field tokens(int longest, String... words) {
        return new Field.Tokens(
                new Vocabulary(Arrays.stream(words)
                        .map(word -> new Vocabulary.Word(word, 1))
                        .toList()),
                longest);
    }
}
