package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A run on one page: numbers, curves, figures, configuration and commands. The page needs nothing but its own file, follows
 * the reader's light or dark screen, and prints. Values are read off its curves by pointer, touch or keys.
 */
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html} into a run's directory, atomically. A run may be young: what it does not have yet is left
     * out.
     *
     * @param settings that it takes, beside data, epochs, batch and seed, to train the run again
     * @param elbo what commands begin with, as a shell reads it
     * @param name what the run is called by in commands
     * @return the report's file
     * @throws IOException if the directory is not there or cannot be read, or the report cannot be written
     */
    public static Path write(Path runDirectory, Map<String, String> settings, String elbo, String name)
            throws IOException {
        RunFiles run = RunFiles.read(runDirectory);
        Page page = new ReportPage(run, new Commands(run.config(), trained(run), settings, elbo, name)).page();
        return WholeFile.write(runDirectory.resolve("report.html"), page.bytes());
    }

    /**
     * The command that trains a run again, as the report shows it; several that a shell runs one after the other if it was trained in
     * sessions of different lengths.
     *
     * @param config the run's {@code config.json}
     * @param settings that it takes, beside data, epochs, batch and seed
     * @param elbo what commands begin with, as a shell reads it
     */
    public static String command(JsonNode config, Map<String, String> settings, String elbo) {
        return new Commands(config, 0, settings, elbo, "").again();
    }

    private static double trained(RunFiles run) {
        return run.metrics().training().stream()
                .mapToDouble(Metrics.Point::epoch)
                .max()
                .orElse(0);
    }
}
