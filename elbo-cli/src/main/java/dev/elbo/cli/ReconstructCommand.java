package dev.elbo.cli;

import dev.elbo.exhibit.Reconstructions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws held-out images above what the model makes of them. */
@Command(name = "reconstruct", description = "Draw held-out images, and below each what the model makes of it.")
final class ReconstructCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many images, or all if there are fewer. Default: ${DEFAULT-VALUE}.")
    private int count = 20;

    ReconstructCommand(Console console) {
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        return drawing.draw(new Reconstructions(count));
    }
}
