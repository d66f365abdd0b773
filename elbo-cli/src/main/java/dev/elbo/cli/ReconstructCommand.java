package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.Reconstructions;
import dev.elbo.exhibit.WrittenText;
import dev.elbo.run.CodeSpace;
import dev.elbo.run.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "  ${ROOT-COMMAND-NAME} reconstruct last --text 'the food was good .' --beam 5",
            "  ${ROOT-COMMAND-NAME} reconstruct last --text 'the food was bad .' --plus positive"
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

    @Option(
            names = "--plus",
            paramLabel = "LABEL",
            description = {
                "With --text: first moves the sentence's code towards a class, by the difference between the mean code of its held-out",
                "examples and that of the others."
            })
    private @Nullable String plus;

    @Option(
            names = "--strength",
            paramLabel = "S",
            description = "How many times --plus adds the difference. Default: ${DEFAULT-VALUE}.")
    private double strength = 1;

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
            if (plus != null) {
                throw new IllegalArgumentException("--plus moves the code of a sentence: add --text");
            }
            return drawing.draw(new Reconstructions(count));
        }
        Writing how = writing.writing(0);
        float[] way = plus == null ? new float[0] : way(plus);
        return drawing.draw(
                new WrittenText("rewritten", texts -> {
                    Unknown.note(texts, sentences, console);
                    return texts.moved(sentences, way, how, seed);
                }),
                "rewritten",
                false);
    }

    private float[] way(String label) throws IOException {
        try (Session session = drawing.run().load()) {
            float[] way = new CodeSpace(session.codes(session.heldOut())).towards(label);
            for (int i = 0; i < way.length; i++) {
                way[i] *= (float) strength;
            }
            return way;
        }
    }
}
