package dev.elbo.cli;

import dev.elbo.exhibit.Manifold;
import dev.elbo.exhibit.Traversal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws what each latent dimension does to an image. */
@Command(name = "traverse", description = "Draw what each latent dimension does to a held-out image.")
final class TraverseCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--dims",
            split = ",",
            paramLabel = "D",
            description = "Which dimensions, from 0. Default: the ten of the largest rate.")
    private final List<Integer> dims = new ArrayList<>();

    @Option(
            names = "--example",
            paramLabel = "N",
            description = "Which held-out image, from 0. Default: ${DEFAULT-VALUE}.")
    private int example;

    @Option(
            names = "--latent",
            paramLabel = "NAME",
            description = "Which latent, of a model with several levels, as in z2. Default: the top one.")
    private @Nullable String latent;

    @Option(names = "--steps", paramLabel = "N", description = "Images in a row. Default: ${DEFAULT-VALUE}.")
    private int steps = 11;

    @Option(names = "--manifold", description = "Draw the plane instead, of a model with two latent dimensions.")
    private boolean manifold;

    TraverseCommand(Console console) {
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--steps", 2, 1000).require(steps);
        if (manifold) {
            new Range("--steps", 2, 100).require(steps);
            return drawing.draw(new Manifold(steps));
        }
        return drawing.draw(new Traversal(Optional.ofNullable(latent), example, dims, steps));
    }
}
