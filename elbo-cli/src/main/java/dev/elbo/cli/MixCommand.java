package dev.elbo.cli;

import dev.elbo.edit.Direction;
import dev.elbo.edit.PictureEditor;
import dev.elbo.model.Variable;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Something of one picture, and the rest of another. */
@Command(
        name = "mix",
        description = {
            "Take something of picture A and the rest of picture B: some latents of a hierarchy, such as its upper level, or an attribute that",
            "'directions' has found."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} mix last a.png b.png --attribute smile --out mixed.png",
            "  ${ROOT-COMMAND-NAME} mix last a.png b.png --latents z6,z5",
            "",
            "--json prints {\"file\": PATH, \"pictures\": N}."
        })
final class MixCommand implements Callable<Integer> {
    @Mixin
    private final Retouching retouching;

    @Parameters(index = "1", paramLabel = "A", description = "The picture that something is taken of.")
    private Path first = Path.of("");

    @Parameters(index = "2", paramLabel = "B", description = "The picture that the rest is of.")
    private Path second = Path.of("");

    @Option(names = "--attribute", paramLabel = "NAME", description = "An attribute that A's has and B gets.")
    private final List<String> attributes = new ArrayList<>();

    @Option(
            names = "--latents",
            paramLabel = "NAMES",
            split = ",",
            description = "Latents of a hierarchy that are A's. Default, without --attribute: the uppermost.")
    private final List<String> latents = new ArrayList<>();

    MixCommand(Console console) {
        this.retouching = new Retouching(console, ".png");
    }

    @Override
    public Integer call() throws IOException {
        if (attributes.size() > 1 || (!attributes.isEmpty() && !latents.isEmpty())) {
            throw new IllegalArgumentException("give one --attribute, or --latents");
        }
        return retouching.write("mixed", this::mixed);
    }

    private HostArray mixed(PictureEditor editor, RunDirectory run) throws IOException {
        List<Variable> all = editor.generator().model().signature().latents();
        if (!attributes.isEmpty()) {
            editor.requireVectors("mixing an attribute");
            Direction direction = Retouching.directions(run).named(attributes.get(0));
            return editor.mix(pixels(first, editor), pixels(second, editor), direction);
        }
        if (all.size() == 1) {
            throw new IllegalArgumentException(
                    "this model has one latent, '" + all.get(0).name()
                            + "', which would be A's or B's as a whole: give --attribute, or choose a run of a hierarchy, as deep-vae");
        }
        List<String> taken = latents.isEmpty() ? List.of(all.get(0).name()) : latents;
        return editor.mix(pixels(first, editor), pixels(second, editor), taken);
    }

    private HostArray pixels(Path file, PictureEditor editor) throws IOException {
        return retouching.picture(file, editor).pixels();
    }
}
