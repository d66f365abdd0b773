package dev.elbo.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.Safetensors;
import dev.elbo.data.InvalidFileException;
import dev.elbo.option.NearestName;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directions that are known of a model, as a file keeps them: their steps as arrays {@code STEPS/LATENT} of safetensors, and what else
 * is said of them as JSON in its metadata, {@code directions}, with {@code STEPS} in its field {@code steps}. In files without that field it is
 * the direction's name.
 */
public record Directions(List<Direction> all) {
    /** The file's usual name. */
    public static final String FILE = "directions.safetensors";

    private static final String METADATA = "directions";
    private static final String STEPS = "steps";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public Directions {
        all = List.copyOf(all);
    }

    /** These and others, which come in the place of those of their field and name. */
    public Directions with(List<Direction> others) {
        Map<String, Direction> byName = new LinkedHashMap<>();
        all.forEach(direction -> byName.put(qualified(direction), direction));
        others.forEach(direction -> byName.put(qualified(direction), direction));
        return new Directions(new ArrayList<>(byName.values()));
    }

    /** The name by which a user asks for one of these directions: {@code smile}; or {@code wall:red} where another field has a class of that name too. */
    public String called(Direction direction) {
        return all.stream()
                                .filter(other -> other.name().equals(direction.name()))
                                .count()
                        > 1
                ? qualified(direction)
                : direction.name();
    }

    private static String qualified(Direction direction) {
        return direction.field() + ":" + direction.name();
    }

    /**
     * The direction that is called so; with its field before the name too, where that is not needed.
     *
     * @throws IllegalArgumentException naming those there are, if it is none of them or could be several
     */
    public Direction named(String name) {
        return all.stream()
                .filter(direction ->
                        called(direction).equals(name) || qualified(direction).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    }

    private String unknown(String name) {
        List<String> several = all.stream()
                .filter(direction -> direction.name().equals(name))
                .map(this::called)
                .toList();
        return several.isEmpty()
                ? NearestName.message(
                        "attribute", name, all.stream().map(this::called).toList())
                : "several fields have an attribute '" + name + "': say " + String.join(" or ", several);
    }

    /**
     * Reads a file; none if it is not there.
     *
     * @throws InvalidFileException if it is damaged, or says nothing of directions
     */
    public static Directions read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Directions(List.of());
        }
        Safetensors read = Safetensors.read(file);
        List<Direction> all = new ArrayList<>();
        for (JsonNode one : said(file, read)) {
            String name = one.path("name").asText();
            String prefix = one.path(STEPS).asText(name) + "/";
            Map<String, float[]> steps = new LinkedHashMap<>();
            read.tensors().forEach((key, array) -> {
                if (key.startsWith(prefix)) {
                    steps.put(key.substring(prefix.length()), array.toFloats());
                }
            });
            all.add(new Direction(
                    name,
                    one.path("field").asText(),
                    one.path("method").asText().equals("linear") ? Direction.Method.LINEAR : Direction.Method.MEAN,
                    steps,
                    one.path("accuracy").asDouble(),
                    one.path("heldOut").asLong()));
        }
        return new Directions(all);
    }

    private static JsonNode said(Path file, Safetensors read) throws InvalidFileException {
        String text = read.metadata().getOrDefault(METADATA, "");
        try {
            JsonNode said = JSON.readTree(text);
            if (said.isArray()) {
                return said;
            }
        } catch (JsonProcessingException damage) {
            throw none(file, damage);
        }
        throw none(file, null);
    }

    private static InvalidFileException none(Path file, @Nullable Exception cause) {
        return new InvalidFileException(
                file.toString(),
                "says nothing of directions",
                "Delete it, and find them again by ./elbo directions",
                cause);
    }

    /** Writes a file in the place of any that is there. */
    public void write(Path file) throws IOException {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        ArrayNode said = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < all.size(); i++) {
            String prefix = Integer.toString(i);
            Direction direction = all.get(i);
            direction
                    .steps()
                    .forEach((latent, step) -> arrays.put(prefix + "/" + latent, HostArray.of(step, step.length)));
            said.add(json(direction).put(STEPS, prefix));
        }
        new Safetensors(arrays, Map.of(METADATA, said.toString())).write(file);
    }

    /** The directions without their steps, as programs read them: {@code called} is {@link #called}. */
    public ArrayNode toJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        all.forEach(direction -> list.add(json(direction).put("called", called(direction))));
        return list;
    }

    private static ObjectNode json(Direction direction) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", direction.name())
                .put("field", direction.field())
                .put("method", direction.method().toString())
                .put("accuracy", direction.accuracy())
                .put("heldOut", direction.heldOut());
    }
}
