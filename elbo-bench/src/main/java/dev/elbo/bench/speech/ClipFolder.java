package dev.elbo.bench.speech;

import dev.elbo.figure.Waves;
import dev.elbo.figure.WholeFile;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of clips with a table of what is said in each, and by whom: what Elbo reads as recordings, and what other judges read. */
public final class ClipFolder {
    private ClipFolder() {}

    /**
     * Refuses a folder that has something in it.
     *
     * @throws IllegalArgumentException if it has
     */
    public static void requireEmpty(Path folder, String option) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new IllegalArgumentException("there is something in " + folder
                            + ", and nothing of it is replaced; choose another " + option);
                }
            }
        }
    }

    /**
     * Writes clips as 00001.wav and so on, and last the table clips.csv with the columns file, text and voice.
     *
     * @param text of the units that are said
     */
    public static void write(Path folder, List<Spoken> clips, Function<List<String>, String> text) throws IOException {
        Files.createDirectories(folder);
        List<String> table = new ArrayList<>(List.of("file,text,voice"));
        for (Spoken clip : clips) {
            String name = fileName(table.size());
            float[] samples = clip.wave().samples();
            WholeFile.write(
                    folder.resolve(name),
                    Waves.wav(
                            List.of(HostArray.of(samples, samples.length)),
                            clip.wave().rateHz()));
            table.add(row(
                    name, text.apply(clip.utterance().units()), clip.utterance().voice()));
        }
        writeTable(folder.resolve("clips.csv"), table);
    }

    /** The name of a clip by its number, from 1. */
    static String fileName(int number) {
        return String.format(Locale.ROOT, "%05d.wav", number);
    }

    /** A line of a table. */
    static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    static void writeTable(Path file, List<String> lines) throws IOException {
        WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
