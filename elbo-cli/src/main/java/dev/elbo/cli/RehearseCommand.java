package dev.elbo.cli;

import dev.elbo.bench.Scratch;
import dev.elbo.data.Idx;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A whole training on a handful of blank images, whose run is thrown away: {@code ./elbo} does it once after a build, so
 * that Java can write down which classes a command needs, and later start with them as they lie in memory.
 */
@Command(name = "rehearse", hidden = true, description = "A training that leaves nothing, for a faster start later.")
final class RehearseCommand implements Callable<Integer> {
    private static final int IMAGES = 64;
    private static final int SIDE = 28;

    private final Console console;

    RehearseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path images = scratch.folder().resolve("images.idx");
            Idx.write(images, HostArray.of(new byte[IMAGES * SIDE * SIDE], IMAGES, SIDE, SIDE));
            List<String> training = List.of(
                    "train",
                    "vae",
                    "--data",
                    images.toString(),
                    "--epochs",
                    "2",
                    "--set",
                    "hidden=16",
                    "--not-last",
                    "--out",
                    scratch.folder().resolve("run").toString());
            return Main.commandLine(console).execute(training.toArray(String[]::new));
        }
    }
}
