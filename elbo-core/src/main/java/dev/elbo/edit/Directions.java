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
 * The directions that are known of a model, as a file keeps them: their steps as arrays {@code NAME/LATENT} of safetensors, and what else
 * is said of them as JSON in its metadata, {@code directions}.
 */
public record Directions(List<Direction> all) {
    /** The file's usual name. */
    public static final String FILE = "directions.safetensors";

    private static final String METADATA = "directions";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public Directions {
        all = List.copyOf(all);
    }

    /** These and others, which come in the place of those of their name. */
    public Directions with(List<Direction> others) {
        Map<String, Direction> byName = new LinkedHashMap<>();
        all.forEach(direction -> byName.put(direction.name(), direction));
        others.forEach(direction -> byName.put(direction.name(), direction));
        return new Directions(new ArrayList<>(byName.values()));
    }

    /**
     * The direction of a name.
     *
     * @throws IllegalArgumentException naming those there are, if it is none of them
     */
    public Direction named(String name) {
        return all.stream()
                .filter(direction -> direction.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(NearestName.message(
                        "attribute", name, all.stream().map(Direction::name).toList())));
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
            Map<String, float[]> steps = new LinkedHashMap<>();
            read.tensors().forEach((key, array) -> {
                if (key.startsWith(name + "/")) {
                    steps.put(key.substring(name.length() + 1), array.toFloats());
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
        all.forEach(direction -> direction
                .steps()
                .forEach((latent, step) ->
                        arrays.put(direction.name() + "/" + latent, HostArray.of(step, step.length))));
        new Safetensors(arrays, Map.of(METADATA, toJson().toString())).write(file);
    }

    /** What is said of them, without their steps. */
    public ArrayNode toJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Direction direction : all) {
            ObjectNode one = list.addObject();
            one.put("name", direction.name());
            one.put("field", direction.field());
            one.put("method", direction.method().toString());
            one.put("accuracy", direction.accuracy());
            one.put("heldOut", direction.heldOut());
        }
        return list;
    }
}
