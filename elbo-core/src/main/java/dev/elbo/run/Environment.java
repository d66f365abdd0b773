package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * On what a run is trained: figures of speed mean nothing without it, and the last digits of all others depend on it.
 *
 * @param device as in {@code cpu} or {@code cuda:0}
 * @param threads that share the work; 0 if an earlier version did not say it
 * @param kernels whose products of matrices, for which processors; empty if an earlier version did not say it
 */
public record Environment(
        String device, String processor, int cores, int threads, String kernels, String java, String system) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** The environment of this process. */
    public static Environment now(Device device) {
        return new Environment(
                device.toString(),
                processorNow(),
                Runtime.getRuntime().availableProcessors(),
                Backend.threads(),
                kernelsNow(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static String kernelsNow() {
        try {
            return Backend.kernels();
        } catch (LinkageError untold) { // a training does without those who tell
            return "";
        }
    }

    private static String processorNow() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    /** The environment that a file says; what it does not say is empty, or 0. */
    static Environment of(JsonNode json) {
        return new Environment(
                json.path("device").asText(),
                json.path("processor").asText(),
                json.path("cores").asInt(),
                json.path("threads").asInt(),
                json.path("kernels").asText(),
                json.path("java").asText(),
                json.path("system").asText());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("device", device);
        json.put("processor", processor);
        json.put("cores", cores);
        json.put("threads", threads);
        json.put("kernels", kernels);
        json.put("java", java);
        json.put("system", system);
        return json;
    }

    /** In what another environment differs that figures depend on, a phrase for each: {@code 4 threads, not 2}. */
    public List<String> differences(Environment now) {
        List<String> differences = new ArrayList<>();
        addDifference(differences, "device ", device, now.device);
        addDifference(differences, "processor ", processor, now.processor);
        if (threads != 0 && threads != now.threads) {
            differences.add("threads " + now.threads + ", not " + threads);
        }
        addDifference(differences, "kernels of ", kernels, now.kernels);
        addDifference(differences, "", system, now.system);
        return differences;
    }

    private static void addDifference(List<String> differences, String what, String then, String now) {
        if (!then.isEmpty() && !then.equals(now)) {
            differences.add(what + now + ", not " + then);
        }
    }
}
