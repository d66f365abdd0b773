package dev.elbo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files make up a checkpoint, and what they must hold.
 *
 * @param format the version of the format
 * @param hashes the SHA-256 of each file, in hexadecimal
 */
record Manifest(int format, Map<String, String> hashes) {
    private static final String NAME = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** That of files as they are, which are forced to the disk first. */
    static Manifest of(Path directory, List<String> files) throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String file : files) {
            CheckpointStore.force(directory.resolve(file));
            hashes.put(file, sha256(directory.resolve(file)));
        }
        return new Manifest(CheckpointStore.FORMAT, hashes);
    }

    void write(Path directory) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", format);
        hashes.forEach(json.putObject("sha256")::put);
        JSON.writerWithDefaultPrettyPrinter().writeValue(directory.resolve(NAME).toFile(), json);
        CheckpointStore.force(directory.resolve(NAME));
    }

    /**
     * Reads that of a checkpoint.
     *
     * @throws InvalidFileException if there is none, or a newer version wrote it
     */
    static Manifest read(Path directory) throws IOException {
        if (!isComplete(directory)) {
            throw new InvalidFileException(
                    directory, "is no complete checkpoint: it has no " + NAME, "Choose another checkpoint");
        }
        JsonNode json = JSON.readTree(directory.resolve(NAME).toFile());
        int format = json.path("format").asInt();
        if (format > CheckpointStore.FORMAT) {
            throw new InvalidFileException(
                    directory,
                    "was written by a newer version of Elbo, in format " + format + "; this one reads up to "
                            + CheckpointStore.FORMAT,
                    "Update Elbo");
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        json.path("sha256")
                .properties()
                .forEach(file -> hashes.put(file.getKey(), file.getValue().asText()));
        return new Manifest(format, hashes);
    }

    /**
     * Compares all files with what they must hold.
     *
     * @throws InvalidFileException naming the first that is missing or differs
     */
    void verify(Path directory) throws IOException {
        for (Map.Entry<String, String> file : hashes.entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !sha256(path).equals(file.getValue())) {
                throw new InvalidFileException(
                        path, "is damaged: it differs from its manifest", "Choose another checkpoint");
            }
        }
    }

    static boolean isComplete(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    /** Whether the checkpoint can be read, and holds what it should. */
    static boolean matches(Path directory) throws IOException {
        try {
            read(directory).verify(directory);
            return true;
        } catch (InvalidFileException damaged) {
            return false;
        }
    }

    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every JVM has SHA-256", e);
        }
    }
}
