package dev.elbo.cli;

import dev.elbo.data.UploadedPicture;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Paints what is missing of a picture. */
@Command(
        name = "inpaint",
        description = {
            "Paint what is missing of a picture: where the mask is white. Its other pixels stay as they are.",
            "--by fit looks for the latents that are likeliest given the other pixels; --by gibbs draws latents given the picture and the",
            "missing pixels given the latents in turn, so that another --seed paints something else (Rezende et al. 2014, appendix F)."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} inpaint last photo.png --mask mask.png --out whole.png",
            "  ${ROOT-COMMAND-NAME} inpaint last photo.png --mask mask.png --by gibbs --seed 3",
            "",
            "--json prints {\"file\": PATH, \"pictures\": N}."
        })
final class InpaintCommand implements Callable<Integer> {
    @Mixin
    private final Retouching retouching;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture's file.")
    private Path picture = Path.of("");

    @Option(
            names = "--mask",
            paramLabel = "MASK",
            required = true,
            description = "A picture of the same size, white where pixels are missing and black where they are known.")
    private Path mask = Path.of("");

    /** How it is found. */
    enum By {
        FIT,
        GIBBS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--by", paramLabel = "fit|gibbs", description = "How it is found. Default: ${DEFAULT-VALUE}.")
    private By by = By.FIT;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of the fit, or rounds of the chain. Default: ${DEFAULT-VALUE}.")
    private int steps = 100;

    @Option(names = "--rate", paramLabel = "R", description = "Learning rate of the fit. Default: ${DEFAULT-VALUE}.")
    private double rate = 0.05;

    @Option(names = "--seed", paramLabel = "S", description = "Of the chain. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    InpaintCommand(Console console) {
        this.retouching = new Retouching(console, ".png");
    }

    @Override
    public Integer call() throws IOException {
        new Range("--steps", 1, 10_000).require(steps);
        Fitting.requireRate(rate);
        if (!Files.exists(mask)) {
            throw new IllegalArgumentException("--mask: there is no picture " + mask);
        }
        return retouching.write("inpainted", (editor, run) -> {
            UploadedPicture uploaded = retouching.picture(picture, editor);
            HostArray known = uploaded.known(mask);
            return by == By.GIBBS
                    ? editor.gibbs(uploaded.pixels(), known, steps, seed)
                    : editor.inpainted(uploaded.pixels(), known, steps, rate);
        });
    }
}
