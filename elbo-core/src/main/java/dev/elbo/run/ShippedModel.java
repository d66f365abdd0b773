package dev.elbo.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.InvalidFileException;
import dev.elbo.figure.WholeFile;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small trained model that comes with Elbo or with somebody's program: the file {@code model.json} in the directory of a run that has
 * one checkpoint, in half precision, and nothing of its training.
 *
 * @param name what it is asked for by, behind {@code model:}
 * @param about what it does, in one sentence
 * @param data what it was trained on
 * @param licence of these data
 * @param attribution whom to credit wherever what it makes is shown; empty for data of somebody's own
 * @param figures what was measured, and on what; empty if nothing is said
 * @param command that trained it
 * @param bytes of its files, but for {@code model.json}
 */
public record ShippedModel(
        String name,
        String about,
        String data,
        String licence,
        String attribution,
        String figures,
        String command,
        long bytes) {
    private static final String FILE = "model.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether there is a shipped model in a directory. */
    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * Reads what a model's directory says of it.
     *
     * @throws InvalidFileException if it says it in a way that cannot be read
     */
    public static ShippedModel read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        try {
            JsonNode json = JSON.readTree(file.toFile());
            return new ShippedModel(
                    text(file, json, "name"),
                    text(file, json, "about"),
                    text(file, json, "data"),
                    text(file, json, "licence"),
                    text(file, json, "attribution"),
                    text(file, json, "figures"),
                    text(file, json, "command"),
                    json.path("bytes").asLong());
        } catch (JacksonException | CharConversionException damage) {
            throw new InvalidFileException(file.toString(), "is no JSON", InvalidFileException.REPLACE, damage);
        }
    }

    private static String text(Path file, JsonNode json, String key) throws InvalidFileException {
        if (!json.path(key).isTextual()) {
            throw new InvalidFileException(
                    file, "has no text '" + key + "': it is no description of a model", InvalidFileException.REPLACE);
        }
        return json.path(key).asText();
    }

    /** Writes it into a model's directory. */
    void write(Path directory) throws IOException {
        WholeFile.write(
                directory.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson()));
    }

    /** As the file {@code model.json} has it. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("about", about)
                .put("data", data)
                .put("licence", licence)
                .put("attribution", attribution)
                .put("figures", figures)
                .put("command", command)
                .put("bytes", bytes);
    }
}
