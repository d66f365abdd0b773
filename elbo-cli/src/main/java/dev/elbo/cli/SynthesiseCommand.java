package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.speech.Synthesiser;
import dev.elbo.bench.speech.SyntheticCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a corpus of synthetic speech. */
@Command(
        name = "synthesise",
        description = {
            "Let espeak-ng or flite, where one of them is installed, read the lines of a text: speech to try models on, in as many voices as"
                    + " are asked for.",
            "It is labelled synthetic everywhere: in the names of its voices, in its table recordings.csv and in a note beside it. No person"
                    + " speaks in it, and what is measured on it says nothing of people."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} synthesise sentences.txt --out spoken",
            "  ${ROOT-COMMAND-NAME} synthesise sentences.txt --out spoken --by flite --voices kal,slt",
            "  ${ROOT-COMMAND-NAME} train tts-vae --data spoken",
            "",
            "--json prints {\"folder\": DIR, \"synthetic\": true, \"program\": NAME, \"voices\": [NAME, …], \"recordings\": N}."
        })
final class SynthesiseCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "Texts, one a line, UTF-8; blank lines are passed over.")
    private Path texts = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write, a new or empty one.")
    private Path out = Path.of("");

    @Option(
            names = "--by",
            paramLabel = "PROGRAM",
            description = "Which program speaks: espeak-ng or flite. Default: espeak-ng.")
    private String by = Synthesiser.Kind.ESPEAK_NG.program();

    @Option(
            names = "--program",
            paramLabel = "PATH",
            description = "Where the program is. Default: it is looked for in $$PATH.")
    private @Nullable String program;

    @Option(
            names = "--voices",
            split = ",",
            paramLabel = "VOICE",
            description =
                    "Its voices, as the program calls them: of espeak-ng a language with a variant, en-us+f2. Default: four of them.")
    private @Nullable List<String> voices;

    @Mixin
    private final Json json = new Json();

    SynthesiseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Synthesiser.Kind kind = kind();
        Synthesiser synthesiser = program == null ? Synthesiser.of(kind) : new Synthesiser(kind, program);
        SyntheticCorpus corpus = new SyntheticCorpus(synthesiser, voices == null ? kind.voices() : voices, lines());
        corpus.write(
                out,
                (done, name) -> console.status(
                        width -> String.format(Locale.ROOT, "saying %,d of %,d: %s", done + 1, corpus.size(), name)));
        List<String> called = corpus.voices().stream().map(corpus::called).toList();
        if (json.isWanted()) {
            ObjectNode told = JsonNodeFactory.instance
                    .objectNode()
                    .put("folder", out.toString())
                    .put("synthetic", true)
                    .put("program", kind.program());
            called.forEach(told.putArray("voices")::add);
            console.say(told.put("recordings", corpus.size()));
        } else {
            console.say(String.format(
                    Locale.ROOT, "%s: %,d synthetic recordings by %s", out, corpus.size(), String.join(", ", called)));
        }
        return 0;
    }

    private Synthesiser.Kind kind() {
        return Stream.of(Synthesiser.Kind.values())
                .filter(each -> each.program().equals(by))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--by is espeak-ng or flite; got '" + by
                        + "'. If it is one of them in another place, add --program PATH"));
    }

    private List<String> lines() throws IOException {
        List<String> lines = Files.readAllLines(texts, StandardCharsets.UTF_8).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(
                    texts + " has no line with a text; write what is to be said, one text a line");
        }
        return lines;
    }
}
