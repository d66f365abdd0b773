package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.sound.MelAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Fields as JSON and back. */
final class FieldJson {
    private static final String KIND = "kind";
    private static final String STATISTICS = "statistics";

    private FieldJson() {}

    /** The kind of a field, to which it adds the rest. */
    static ObjectNode of(Field field) {
        return JsonNodeFactory.instance.objectNode().put(KIND, field.kind());
    }

    /** Some texts. */
    static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** A field, with the statistics of its columns if these are known. */
    static ObjectNode with(Optional<Statistics> statistics, ObjectNode field) {
        statistics.ifPresent(known -> {
            ObjectNode json = field.putObject(STATISTICS);
            ArrayNode mean = json.putArray("mean");
            known.mean().forEach(mean::add);
            ArrayNode scale = json.putArray("scale");
            known.scale().forEach(scale::add);
        });
        return field;
    }

    /**
     * The field that was written.
     *
     * @throws IllegalArgumentException naming what is missing or of an unexpected kind
     */
    static Field read(String name, JsonNode json) {
        try {
            return read(json);
        } catch (IllegalArgumentException fault) {
            throw new IllegalArgumentException("field '" + name + "': " + fault.getMessage(), fault);
        }
    }

    private static Field read(JsonNode json) {
        String kind = text(json, KIND);
        return switch (kind) {
            case "image" -> new Field.Image(number(json, "channels"), number(json, "height"), number(json, "width"));
            case "category" -> new Field.Category(texts(json, "names"));
            case "table" -> new Field.Table(texts(json, "names"), statistics(json));
            case "tokens" -> new Field.Tokens(vocabulary(json), number(json, "longest"));
            case "frames" ->
                new Field.Frames(
                        number(json, "channels"),
                        number(json, "longest"),
                        required(json, "rateHz", "a number", JsonNode::isNumber).asDouble(),
                        statistics(json),
                        Optional.ofNullable(json.get("analysis")).map(MelAnalysis::of));
            default ->
                throw new IllegalArgumentException(
                        "the kind '" + kind + "' is unknown; known are image, category, table, tokens, frames");
        };
    }

    private static Vocabulary vocabulary(JsonNode json) {
        List<String> words = texts(json, "words");
        List<JsonNode> counts = array(json, "counts", "whole numbers", JsonNode::isIntegralNumber);
        if (words.size() != counts.size()) {
            throw new IllegalArgumentException(words.size() + " words have " + counts.size() + " counts");
        }
        return new Vocabulary(
                IntStream.range(0, words.size())
                        .mapToObj(i ->
                                new Vocabulary.Word(words.get(i), counts.get(i).asLong()))
                        .toList(),
                Tokeniser.of(json));
    }

    private static Optional<Statistics> statistics(JsonNode json) {
        return Optional.ofNullable(json.get(STATISTICS))
                .map(known -> new Statistics(numbers(known, "mean"), numbers(known, "scale")));
    }

    private static List<Double> numbers(JsonNode json, String key) {
        return array(json, key, "numbers", JsonNode::isNumber).stream()
                .map(JsonNode::asDouble)
                .toList();
    }

    static List<String> texts(JsonNode json, String key) {
        return array(json, key, "texts", JsonNode::isTextual).stream()
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> array(JsonNode json, String key, String what, Predicate<JsonNode> test) {
        JsonNode found = required(
                json,
                key,
                "a list of " + what,
                node -> node.isArray()
                        && StreamSupport.stream(node.spliterator(), false).allMatch(test));
        return StreamSupport.stream(found.spliterator(), false).toList();
    }

    private static int number(JsonNode json, String key) {
        return required(json, key, "a whole number", JsonNode::isInt).asInt();
    }

    /** A text. */
    static String text(JsonNode json, String key) {
        return required(json, key, "a text", JsonNode::isTextual).asText();
    }

    /**
     * A part of an object.
     *
     * @param what it is expected to be
     * @throws IllegalArgumentException if there is none, or it is something else
     */
    static JsonNode required(JsonNode json, String key, String what, Predicate<JsonNode> test) {
        JsonNode found = json.path(key);
        if (!test.test(found)) {
            String got = found.isValueNode()
                    ? found.toString()
                    : found.getNodeType().toString().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("expected " + what + " as '" + key + "'; got " + got);
        }
        return found;
    }
}
