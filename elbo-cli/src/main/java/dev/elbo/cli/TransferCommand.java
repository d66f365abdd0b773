package dev.elbo.cli;

import dev.elbo.data.InvalidFileException;
import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.WrittenText;
import dev.elbo.generate.Texts;
import dev.elbo.option.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
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
            "Say sentences again in another style, with a run of style-vae or latent-style-vae: a line each, in order.",
            "Without a sentence or a file, a sentence is read from each line of standard input. An empty line stays empty."
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
    private static final String BYTE_ORDER_MARK = "\ufeff";

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
            try (InputStream in = Files.newInputStream(file)) {
                return lines(in, file.toString());
            }
        }
        if (!sentences.isEmpty()) {
            return required(sentences);
        }
        return lines(System.in, "standard input");
    }

    private static List<String> lines(InputStream in, String origin) throws IOException {
        List<String> lines = new ArrayList<>();
        // decoded later: bytes stand for the characters of the same number
        for (String bytes : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .toList()) {
            lines.add(decoded(bytes.getBytes(StandardCharsets.ISO_8859_1), origin, lines.size() + 1));
        }
        return required(lines);
    }

    private static List<String> required(List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException("there is no sentence to be said again");
        }
        return lines;
    }

    private static String decoded(byte[] line, String origin, int number) throws InvalidFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(
                    origin + ", line " + number, "is not UTF-8", "Save what is to be said again as UTF-8", e);
        }
    }

    private List<String> transferred(Texts texts, List<String> lines, Writing how) {
        texts.requireStyles();
        List<String> given = lines.stream().filter(line -> !line.isBlank()).toList();
        texts.requireReadable(given); // before the first is written
        Unknown.note(texts, given, console);
        Iterator<String> written = written(texts, given, how).iterator();
        return lines.stream().map(line -> line.isBlank() ? "" : written.next()).toList();
    }

    private List<String> written(Texts texts, List<String> given, Writing how) {
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
