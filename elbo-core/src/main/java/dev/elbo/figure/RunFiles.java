package dev.elbo.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run's directory holds so far. A run may be young, or have died: what is missing is empty, and what cannot be
 * understood is left out and noted.
 *
 * @param name of the directory
 * @param config {@code config.json}
 * @param metrics {@code metrics.jsonl}
 * @param evaluation {@code evaluation.json}
 * @param figures the bytes of {@code figures/*.png}, {@code *.txt} and {@code *.wav} by file name, in the order in which to
 *     show them
 * @param notes what was left out, and why
 */
record RunFiles(
        String name,
        JsonNode config,
        Metrics metrics,
        JsonNode evaluation,
        Map<String, byte[]> figures,
        List<String> notes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int PNG_HEADER = 33; // bytes, to the end of the chunk with width and height

    static RunFiles read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(
                    directory.toString(), null, "no such run: expected a folder with config.json and metrics.jsonl");
        }
        List<String> notes = new ArrayList<>();
        Path real = directory.toRealPath();
        return new RunFiles(
                Objects.requireNonNullElse(real.getFileName(), real).toString(),
                json(directory.resolve("config.json"), notes),
                metrics(directory.resolve("metrics.jsonl"), notes),
                json(directory.resolve("evaluation.json"), notes),
                figures(directory.resolve("figures"), notes),
                notes);
    }

    private static JsonNode json(Path file, List<String> notes) throws IOException {
        if (!Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            notes.add(file.getFileName() + " is no complete JSON and was left out: " + e.getOriginalMessage());
            return MissingNode.getInstance();
        }
    }

    private static Metrics metrics(Path file, List<String> notes) throws IOException {
        Metrics metrics = Files.exists(file) ? Metrics.read(file) : Metrics.none();
        if (metrics.unreadable() > 0) {
            notes.add("metrics.jsonl has " + metrics.unreadable() + " incomplete line(s), which were left out");
        }
        return metrics;
    }

    private static Map<String, byte[]> figures(Path directory, List<String> notes) throws IOException {
        Map<String, byte[]> figures = new LinkedHashMap<>();
        for (String name : figureNames(directory)) {
            byte[] bytes = Files.readAllBytes(directory.resolve(name));
            if (!name.endsWith(".png") || isPng(bytes)) {
                figures.put(name, bytes);
            } else {
                notes.add("figures/" + name + " is no PNG file and was left out");
            }
        }
        return figures;
    }

    private static List<String> figureNames(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[^.].*\\.(png|txt|wav)"))
                    .sorted(Exhibit.order())
                    .toList();
        }
    }

    private static boolean isPng(byte[] bytes) {
        return bytes.length > PNG_HEADER && ByteBuffer.wrap(bytes).getLong() == PNG_SIGNATURE;
    }
}
