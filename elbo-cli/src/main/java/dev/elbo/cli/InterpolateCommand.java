package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import dev.elbo.exhibit.Interpolations;
import dev.elbo.exhibit.WrittenText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the way from one held-out image to another. */
@Command(
        name = "interpolate",
        description = "Show the way from one held-out example to another, or from one sentence to another.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} interpolate last --pairs 3",
            "  ${ROOT-COMMAND-NAME} interpolate last --from 'the food was terrible .' --to 'i love this place !' --beam 5"
        })
final class InterpolateCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Pairs of examples, a row each. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Images or sentences on the way, the ends included. Default: ${DEFAULT-VALUE}.")
    private int steps = 11;

    @Option(names = "--linear", description = "Go straight, not on the sphere on which most of the prior lies.")
    private boolean linear;

    @Option(names = "--from", paramLabel = "SENTENCE", description = "Where the way begins, of a model of text.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "SENTENCE", description = "Where it ends.")
    private @Nullable String to;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(names = "--seed", paramLabel = "S", description = "Of words that are drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final Console console;

    InterpolateCommand(Console console) {
        this.console = console;
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--pairs", 1, 1000).require(pairs);
        new Range("--steps", 2, 1000).require(steps);
        if (from == null && to == null) {
            return drawing.draw(new Interpolations(pairs, steps, !linear));
        }
        if (from == null || to == null) {
            throw new IllegalArgumentException("a way has two ends: give both --from and --to");
        }
        String first = from;
        String last = to;
        Writing how = writing.writing(0);
        return drawing.draw(
                new WrittenText("between", texts -> {
                    Unknown.note(texts, List.of(first, last), console);
                    return texts.between(first, last, steps, !linear, how, seed);
                }),
                "between",
                false);
    }
}
