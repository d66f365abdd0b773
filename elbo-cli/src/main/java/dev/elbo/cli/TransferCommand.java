package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.WrittenText;
import dev.elbo.generate.Texts;
import dev.elbo.option.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says sentences again in another style. */
@Command(
        name = "transfer",
        description = {
            "Say sentences again in another style, with a run of recipe style-vae: a line each, in their order.",
            "Without a sentence or a file, a sentence is read from each line of standard input."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} transfer last 'the food was terrible .' --to positive",
            "  ${ROOT-COMMAND-NAME} transfer last --file reviews.txt --to positive --beam 5",
            "  cat reviews.txt | ${ROOT-COMMAND-NAME} transfer last --from negative --to positive",
            "",
            "--json prints {\"lines\": [SENTENCE, …]}."
        })
final class TransferCommand implements Callable<Integer> {
    private static final int AT_ONCE = 64;

    private final Console console;

    @Mixin
    private final Drawing drawing;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SENTENCE", description = "What is to be said again.")
    private final List<String> sentences = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "A file with a sentence on each line, in UTF-8.")
    private @Nullable Path file;

    @Option(names = "--to", paramLabel = "STYLE", required = true, description = "The style to be written in.")
    private String to = "";

    @Option(
            names = "--from",
            paramLabel = "STYLE",
            description = "The style of the sentences. Default: the other one, where there are two.")
    private @Nullable String from;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(names = "--seed", paramLabel = "S", description = "Of words that are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    TransferCommand(Console console) {
        this.console = console;
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        Writing how = writing.writing(0);
        List<String> given = given();
        return drawing.draw(
                new WrittenText("transferred", texts -> transferred(texts, given, how)), "transferred", false);
    }

    private List<String> given() throws IOException {
        if (file != null && !sentences.isEmpty()) {
            throw new IllegalArgumentException("give sentences or --file, not both");
        }
        if (file != null) {
            return lines(Files.readAllLines(file));
        }
        if (!sentences.isEmpty()) {
            return sentences;
        }
        return lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .toList());
    }

    private static List<String> lines(List<String> all) {
        List<String> lines = all.stream().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no sentence to be said again");
        }
        return lines;
    }

    private List<String> transferred(Texts texts, List<String> given, Writing how) {
        Unknown.note(texts, given, console);
        List<String> styles = texts.styles();
        long target = style(styles, to, "--to");
        long source = from != null ? style(styles, from, "--from") : other(styles, target);
        List<String> lines = new ArrayList<>();
        for (int first = 0; first < given.size(); first += AT_ONCE) {
            List<String> some = given.subList(first, Math.min(given.size(), first + AT_ONCE));
            long[] sources = new long[some.size()];
            Arrays.fill(sources, source);
            lines.addAll(texts.transferred(some, sources, target, how, seed + first));
        }
        return lines;
    }

    private static long style(List<String> styles, String name, String option) {
        int number = styles.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException(option + ": " + NearestName.message("style", name, styles));
        }
        return number;
    }

    private static long other(List<String> styles, long target) {
        if (styles.size() != 2) {
            throw new IllegalArgumentException(
                    "the model knows the styles " + styles + ": say with --from which one the" + " sentences are in");
        }
        return 1 - target;
    }
}
