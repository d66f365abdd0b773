package dev.elbo.cli;

import dev.elbo.run.Codes;
import dev.elbo.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the latent codes of a split. */
@Command(
        name = "encode",
        description = {
            "Write the latent codes (means of the posterior) of a split, or of all (--split all).",
            "As .csv with label, split and file in the last columns, or as .npy with the labels' numbers in a second file"
                    + " and the names of the rows' files in a third."
        },
        footer = {"", "  elbo encode last --split all --out codes.csv"})
final class EncodeCommand implements Callable<Integer> {
    @Mixin
    private final LoadedRun run;

    @Mixin
    private final OutputFile output;

    @Mixin
    private final ChosenSplit split = new ChosenSplit();

    EncodeCommand(Console console) {
        this.run = new LoadedRun(console);
        this.output = new OutputFile(console, Codes.ENDINGS);
    }

    @Override
    public Integer call() throws IOException {
        output.validate();
        try (Session session = run.load()) {
            Path file = output.or(session.run().path().resolve("codes.npy"));
            output.say(session.codes(split.of(session)).write(file));
        }
        return 0;
    }
}
