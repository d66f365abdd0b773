package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.Reconstructions;
import dev.elbo.exhibit.WrittenText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws held-out images above what the model makes of them. */
@Command(
        name = "reconstruct",
        description =
                "Show held-out examples, and beside each what the model makes of it; or what it makes of a sentence.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} reconstruct last --count 40",
            "  ${ROOT-COMMAND-NAME} reconstruct last --text 'the food was good .' --beam 5"
        })
final class ReconstructCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many images, or all if there are fewer. Default: ${DEFAULT-VALUE}.")
    private int count = 20;

    @Option(
            names = "--text",
            paramLabel = "SENTENCE",
            description = "A sentence of your own, of a model of text. May be said several times.")
    private final List<String> sentences = new ArrayList<>();

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(names = "--seed", paramLabel = "S", description = "Of words that are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final Console console;

    ReconstructCommand(Console console) {
        this.console = console;
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        if (sentences.isEmpty()) {
            return drawing.draw(new Reconstructions(count));
        }
        Writing how = writing.writing(0);
        return drawing.draw(
                new WrittenText("rewritten", texts -> {
                    Unknown.note(texts, sentences, console);
                    return texts.reconstructions(sentences, how, seed);
                }),
                "rewritten",
                false);
    }
}
