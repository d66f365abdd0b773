package dev.elbo.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.InvalidFileException;
import java.io.CharConversionException;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files make up a checkpoint, and what they must hold.
 *
 * @param format the version of the format
 * @param hashes the SHA-256 of each file, in hexadecimal
 */
record Manifest(int format, Map<String, String> hashes) {
    private static final String NAME = "manifest.json";
    private static final String REMEDY = "Choose another checkpoint";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** That of files as they are, which are forced to the disk first. */
    static Manifest of(Path directory, Set<String> files) throws IOException {
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

    static boolean isComplete(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    /**
     * Reads the manifest of a checkpoint and compares its files with it.
     *
     * @throws InvalidFileException naming the first that is missing or damaged, or if a newer version wrote it
     */
    static void verify(Path directory) throws IOException {
        Manifest manifest = read(directory);
        manifest.requireReadable(directory);
        Optional<Path> damaged = manifest.damaged(directory);
        if (damaged.isPresent()) {
            throw new InvalidFileException(damaged.get(), "is damaged: it differs from its manifest", REMEDY);
        }
    }

    /**
     * Whether the checkpoint is undamaged.
     *
     * @throws InvalidFileException if a newer version wrote it, which is no damage
     */
    static boolean matches(Path directory) throws IOException {
        Manifest manifest;
        try {
            manifest = read(directory);
        } catch (InvalidFileException damaged) {
            return false;
        }
        manifest.requireReadable(directory);
        return manifest.damaged(directory).isEmpty();
    }

    private static Manifest read(Path directory) throws IOException {
        if (!isComplete(directory)) {
            throw new InvalidFileException(directory, "is no complete checkpoint: it has no " + NAME, REMEDY);
        }
        Path file = directory.resolve(NAME);
        try {
            JsonNode json = JSON.readTree(file.toFile());
            Map<String, String> hashes = new LinkedHashMap<>();
            json.path("sha256")
                    .properties()
                    .forEach(
                            entry -> hashes.put(entry.getKey(), entry.getValue().asText()));
            return new Manifest(json.path("format").asInt(), hashes);
        } catch (JacksonException | CharConversionException damage) {
            throw new InvalidFileException(file.toString(), "is damaged: it is no JSON", REMEDY, damage);
        }
    }

    private void requireReadable(Path directory) throws InvalidFileException {
        if (format > CheckpointStore.FORMAT) {
            throw new InvalidFileException(
                    directory,
                    "was written by a newer version of Elbo, in format " + format + "; this one reads up to "
                            + CheckpointStore.FORMAT,
                    "Update Elbo");
        }
    }

    /** The first file that is missing or differs: the manifest itself, if it does not speak of them all. */
    private Optional<Path> damaged(Path directory) throws IOException {
        if (format < 1 || !hashes.keySet().equals(CheckpointStore.FILES)) {
            return Optional.of(directory.resolve(NAME));
        }
        for (Map.Entry<String, String> file : hashes.entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !sha256(path).equals(file.getValue())) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
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
