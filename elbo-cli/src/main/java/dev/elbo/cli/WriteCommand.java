package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.WrittenSentences;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes sentences with a model of text. */
@Command(
        name = "write",
        description = "Write sentences with a trained model of text, a line each.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} write last --count 10",
            "  ${ROOT-COMMAND-NAME} write last --count 10 --temperature 0.7 --nucleus 0.9",
            "  ${ROOT-COMMAND-NAME} write last --beam 5",
            "  ${ROOT-COMMAND-NAME} write poems --given label=5x4 --first 明月 --keyword 江南",
            "",
            "--json prints {\"lines\": [SENTENCE, …]}."
        })
final class WriteCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(names = "--count", paramLabel = "N", description = "How many sentences. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(
            names = "--given",
            paramLabel = "FIELD=VALUE",
            converter = Setting.Converter.class,
            description = "What a conditional model is given, as in label=positive. Default: all classes in turn.")
    private final List<Setting> given = new ArrayList<>();

    @Option(names = "--first", paramLabel = "TEXT", description = "The words that every sentence begins with.")
    private String first = "";

    @Option(
            names = "--keyword",
            paramLabel = "WORD",
            description = "A word, or two that are neighbours, that poem-vae writes from.")
    private String keyword = "";

    @Option(
            names = "--first-draw",
            description = "Also keep poems that break their form. Default: these are drawn again, up to twenty times.")
    private boolean isFirstDraw;

    @Option(
            names = "--prior-temperature",
            paramLabel = "T",
            description = "Stretches the prior of z about its mean: below 1 less varied. Default: ${DEFAULT-VALUE}.")
    private double priorTemperature = 1;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed, other sentences. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    WriteCommand(Console console) {
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        new Range("--prior-temperature", 0, 1000).require(priorTemperature);
        Map<String, String> conditions = Setting.mapOnce("--given", given);
        Writing how = writing.writing(1);
        return drawing.draw(
                new WrittenSentences(
                        count,
                        conditions,
                        priorTemperature,
                        how,
                        new WrittenSentences.Wish(first, keyword, !isFirstDraw),
                        seed),
                "sentences",
                false);
    }
}
