package dev.elbo.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process that saves checkpoints of known content until it or its parent is killed, and says when each is saved. */
final class SavingProcess {
    static final int KEEP = 2;

    private SavingProcess() {}

    /** Saves in a directory, from a step on, arrays of so many elements. */
    public static void main(String[] arguments) {
        CheckpointStore store = new CheckpointStore(Path.of(arguments[0]), KEEP);
        int elements = Integer.parseInt(arguments[2]);
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        try {
            for (long step = Long.parseLong(arguments[1]); parent.isAlive(); step++) {
                store.save(checkpoint(step, elements));
                System.out.println("saved " + step);
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    /** What it saves at a step. Of three scores the middle one is the best. */
    static Checkpoint checkpoint(long step, int elements) {
        float[] values = new float[elements];
        Arrays.fill(values, (float) step);
        HostArray array = HostArray.of(values, elements);
        return new Checkpoint(
                step,
                step % 3,
                Map.of("weight", array),
                Map.of("exp_avg.weight", array),
                JsonNodeFactory.instance.objectNode().put("epoch", (double) step));
    }

    /** Starts it in a JVM of its own; {@code before} is a command of the shell. */
    static Process start(String before, Path directory, long step, int elements) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + "exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx64m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(SavingProcess.class.getName());
        command.addAll(List.of(directory.toString(), Long.toString(step), Integer.toString(elements)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(directory).toFile())
                .start();
    }

    /** What it said, by line; the last may be cut off. */
    static Path output(Path directory) {
        return Path.of(directory + ".out");
    }
}
