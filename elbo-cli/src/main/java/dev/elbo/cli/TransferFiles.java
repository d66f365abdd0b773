package dev.elbo.cli;

import dev.elbo.bench.text.SentenceWords;
import dev.elbo.bench.text.StyleFiles;
import dev.elbo.bench.text.StyledSentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sentences that are said again, what people made of them, and what other systems did. */
final class TransferFiles {
    @Option(
            names = "--sources",
            paramLabel = "DIR",
            description = "The sentences that are said again. Default: the data's test or validation split.")
    private @Nullable Path sources;

    @Option(
            names = "--references",
            paramLabel = "DIR|FILE",
            description = "What people made of each sentence, once or several times. Default: none.")
    private @Nullable Path references;

    @Option(
            names = "--outputs",
            paramLabel = "DIR|FILE",
            description = "What other systems made of each sentence; may be given more than once. Default: none.")
    private final List<Path> outputs = new ArrayList<>();

    /**
     * Refuses too little to judge anything without a run.
     *
     * @throws IllegalArgumentException if there is no --data or no --outputs
     */
    void requireAll(boolean hasData) {
        if (outputs.isEmpty() || !hasData) {
            throw new IllegalArgumentException(
                    "give a run to judge; or --outputs, what others wrote, and --data, text with labels to learn from");
        }
    }

    /**
     * The sentences.
     *
     * @param test those of the data
     * @throws IllegalArgumentException if there are none
     */
    StyledSentences sources(List<String> styles, SentenceWords words, Optional<StyledSentences> test, String data)
            throws IOException {
        if (sources != null) {
            return StyledSentences.of(sources, styles, words);
        }
        return test.orElseThrow(() -> new IllegalArgumentException("data '" + data
                + "' have no test or validation split: give the sentences to be said again with --sources"));
    }

    /** The references of each, the words of these; empty without --references. */
    Optional<List<List<List<String>>>> references(StyledSentences given, SentenceWords words) throws IOException {
        if (references == null) {
            return Optional.empty();
        }
        List<List<List<String>>> all = new ArrayList<>();
        List<List<List<String>>> series = StyleFiles.aligned(references, given).values().stream()
                .map(words::split)
                .toList();
        for (int i = 0; i < given.size(); i++) {
            int at = i;
            all.add(series.stream().map(lines -> lines.get(at)).toList());
        }
        return Optional.of(all);
    }

    /** The sentences that other systems wrote, by the names of the systems. */
    Map<String, List<String>> outputs(StyledSentences given) throws IOException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Path path : outputs) {
            for (Path system : systems(path, given.names())) {
                SortedMap<String, List<String>> series = StyleFiles.aligned(system, given);
                String folder = system.getFileName().toString();
                series.forEach((name, lines) -> all.put(
                        !Files.isDirectory(system) ? name : series.size() == 1 ? folder : folder + "/" + name, lines));
            }
        }
        return all;
    }

    /** A folder of folders has a system in each. */
    private static List<Path> systems(Path path, List<String> styles) throws IOException {
        if (!Files.isDirectory(path) || StyleFiles.areIn(path, styles)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(path)) {
            List<Path> folders = all.filter(Files::isDirectory).sorted().toList();
            return folders.isEmpty() ? List.of(path) : folders;
        }
    }
}
