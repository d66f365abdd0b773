package dev.elbo.studio;

import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models that are in memory: the few that were used last. */
final class Benches implements AutoCloseable {
    private static final int MOST = 3;

    private final Runs runs;
    private final Map<String, String> environment;
    private final Map<String, Kept> open = new LinkedHashMap<>(MOST, 0.75F, true);

    /** @param stamp changes when the run has other checkpoints */
    private record Kept(String stamp, Bench bench) {}

    Benches(Runs runs, Map<String, String> environment) {
        this.runs = runs;
        this.environment = environment;
    }

    /**
     * The bench of a run with its best checkpoint.
     *
     * @throws Refusal if there is no such run
     */
    synchronized Bench of(String name) throws IOException {
        RunDirectory run = runs.open(name);
        String stamp = stamp(run);
        Kept kept = open.get(name);
        if (kept != null && kept.stamp.equals(stamp)) {
            return kept.bench;
        }
        close(name);
        while (open.size() >= MOST) {
            close(open.keySet().iterator().next());
        }
        Bench bench = new Bench(run, environment);
        open.put(name, new Kept(stamp, bench));
        return bench;
    }

    private static String stamp(RunDirectory run) throws IOException {
        Path folder = run.path().resolve("checkpoints");
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> checkpoints = Files.list(folder)) {
            return checkpoints
                    .map(checkpoint -> String.valueOf(checkpoint.getFileName()))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    /** Frees the model of a run, when what it has begun is done. */
    synchronized void close(String name) {
        Kept kept = open.remove(name);
        if (kept != null) {
            kept.bench.close();
        }
    }

    @Override
    public synchronized void close() {
        List<String> names = new ArrayList<>(open.keySet());
        names.forEach(this::close);
    }
}
