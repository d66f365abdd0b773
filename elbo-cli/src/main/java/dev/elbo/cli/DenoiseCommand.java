package dev.elbo.cli;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes noise off a picture. */
@Command(
        name = "denoise",
        description = {
            "Take noise off a picture: what the model makes of its latents, which know nothing of noise. They are those that the encoder sees,",
            "and then, in --steps steps, those that are likeliest given the picture."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} denoise last grainy.png --out clean.png",
            "  ${ROOT-COMMAND-NAME} denoise last grainy.png --steps 0",
            "",
            "--json prints {\"file\": PATH, \"pictures\": N}."
        })
final class DenoiseCommand implements Callable<Integer> {
    @Mixin
    private final Retouching retouching;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture's file.")
    private Path picture = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of the fit; 0 to take what the encoder sees. Default: ${DEFAULT-VALUE}.")
    private int steps = 50;

    @Option(names = "--rate", paramLabel = "R", description = "Learning rate of the fit. Default: ${DEFAULT-VALUE}.")
    private double rate = 0.02;

    DenoiseCommand(Console console) {
        this.retouching = new Retouching(console, ".png");
    }

    @Override
    public Integer call() throws IOException {
        new Range("--steps", 0, 10_000).require(steps);
        Fitting.requireRate(rate);
        return retouching.write("denoised", (editor, run) -> {
            HostArray noisy = retouching.picture(picture, editor).pixels();
            return editor.decode(
                    steps == 0 ? editor.encode(noisy) : editor.fitted(noisy, editor.everything(), steps, rate));
        });
    }
}
