package dev.elbo.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.WholeFile;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The file {@code metrics.jsonl}: a JSON object on a line for each event with figures. */
final class MetricsLog implements Consumer<TrainingEvent> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** Continues a file from a step on: what was logged of later steps is dropped. */
    MetricsLog(Path file, long step) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            String lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String kept = lines.lines()
                    .filter(line -> stepOf(line) <= step)
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            WholeFile.write(file, kept.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The step of a line; one that was cut off by a kill counts as later than all. */
    private static long stepOf(String line) {
        try {
            return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
        } catch (JsonProcessingException cutOff) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void accept(TrainingEvent event) {
        if (event instanceof TrainingEvent.Progressed at) {
            ObjectNode line = line("step", at.step(), at.epoch(), at.seconds());
            line.put("samplesPerSecond", at.samplesPerSecond());
            line.put("learningRate", at.learningRate());
            append(line, at.terms());
        } else if (event instanceof TrainingEvent.Evaluated at) {
            ObjectNode line = line("evaluated", at.step(), at.epoch(), at.seconds());
            line.put("split", "validation");
            append(line, at.terms());
        }
    }

    private static ObjectNode line(String event, long step, double epoch, double seconds) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("event", event);
        line.put("step", step);
        line.put("epoch", epoch);
        line.put("seconds", seconds);
        return line;
    }

    private void append(ObjectNode line, Map<String, Double> terms) {
        ObjectNode node = line.putObject("terms");
        terms.forEach(node::put);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("metrics could not be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
