package dev.elbo.cli;

import dev.elbo.exhibit.Interpolations;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the way from one held-out image to another. */
@Command(name = "interpolate", description = "Draw the way from one held-out image to another.")
final class InterpolateCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Pairs of images, a row each. Default: ${DEFAULT-VALUE}.")
    private int pairs = 5;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Images in a row, the ends included. Default: ${DEFAULT-VALUE}.")
    private int steps = 11;

    @Option(names = "--linear", description = "Go straight, not on the sphere on which most of the prior lies.")
    private boolean linear;

    InterpolateCommand(Console console) {
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--pairs", 1, 1000).require(pairs);
        new Range("--steps", 2, 1000).require(steps);
        return drawing.draw(new Interpolations(pairs, steps, !linear));
    }
}
