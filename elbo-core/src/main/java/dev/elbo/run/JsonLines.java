package dev.elbo.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file of JSON objects, one on a line, each of which belongs to a step. It grows by whole lines. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String what;

    /**
     * Continues a file from a step on: lines of later steps are dropped, and one that was cut off by a kill.
     *
     * @param what it holds, for messages
     */
    JsonLines(Path file, String what, long step) throws IOException {
        this.file = file;
        this.what = what;
        if (Files.exists(file)) {
            String kept = lines(file)
                    .filter(line -> step(line).filter(at -> at <= step).isPresent())
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            WholeFile.write(file, kept.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Adds a line. */
    void append(ObjectNode line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(what + " could not be written to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The lines of a file that belong to a step or a later one; another process may be writing to it. */
    static List<ObjectNode> since(Path file, long step) throws IOException {
        return lines(file)
                .filter(line -> step(line).filter(at -> at >= step).isPresent())
                .map(line -> (ObjectNode) json(line))
                .toList();
    }

    /** Not of {@link Files#lines}: what is no text must not end the reading. */
    private static Stream<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines();
    }

    /** Its step, if it is whole and has one. */
    private static Optional<Long> step(String line) {
        JsonNode step = json(line).path("step");
        return step.isIntegralNumber() ? Optional.of(step.asLong()) : Optional.empty();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException cutOff) {
            return MissingNode.getInstance();
        }
    }
}
