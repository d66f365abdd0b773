package dev.elbo.cli;

import dev.elbo.figure.Gif;
import dev.elbo.figure.ImageGrid;
import dev.elbo.figure.WholeFile;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The way from one picture to another. */
@Command(
        name = "morph",
        description = {
            "Show the way from one picture to another through latent space, at its ends what the model makes of both: a strip of pictures,",
            "or where --out ends in .gif an animation that goes there and back."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} morph last a.jpg b.jpg --out strip.png",
            "  ${ROOT-COMMAND-NAME} morph last a.jpg b.jpg --steps 25 --out morph.gif",
            "",
            "--json prints {\"file\": PATH, \"pictures\": N}."
        })
final class MorphCommand implements Callable<Integer> {
    @Mixin
    private final Retouching retouching;

    @Parameters(index = "1", paramLabel = "A", description = "Where the way begins, a picture's file.")
    private Path from = Path.of("");

    @Parameters(index = "2", paramLabel = "B", description = "Where it ends.")
    private Path to = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Pictures on the way, the ends included. Default: ${DEFAULT-VALUE}.")
    private int steps = 9;

    @Option(names = "--linear", description = "Go straight, not on the sphere on which most of the prior lies.")
    private boolean linear;

    MorphCommand(Console console) {
        this.retouching = new Retouching(console, ".png", ".gif");
    }

    @Override
    public Integer call() throws IOException {
        new Range("--steps", 2, 200).require(steps);
        return retouching.write(
                "morph",
                (editor, run) -> editor.morph(
                        retouching.picture(from, editor).pixels(),
                        retouching.picture(to, editor).pixels(),
                        steps,
                        !linear),
                MorphCommand::write);
    }

    private static void write(HostArray pictures, Path file) throws IOException {
        if (file.toString().endsWith(".gif")) {
            WholeFile.write(file, Gif.thereAndBack(pictures));
        } else {
            ImageGrid.of(pictures)
                    .columns((int) pictures.shape().size(0))
                    .build()
                    .write(file);
        }
    }
}
