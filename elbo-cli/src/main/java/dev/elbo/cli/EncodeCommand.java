package dev.elbo.cli;

import dev.elbo.data.Pixels;
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
            "Of images whose pixels are drawn anew at each look (pixels=dynamic), the grey values are encoded.",
            "As .csv with label, split and file in the last columns, or as .npy with the labels' numbers in a second file"
                    + " and the names of the rows' files in a third."
        },
        footer = {"", "  ${ROOT-COMMAND-NAME} encode last --split all --out codes.csv"})
final class EncodeCommand implements Callable<Integer> {
    @Mixin
    private final LoadedRun run;

    @Mixin
    private final OutputFile output;

    @Mixin
    private final ChosenSplit split = new ChosenSplit();

    private final Console console;

    EncodeCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
        this.output = new OutputFile(console, Codes.ENDINGS);
    }

    @Override
    public Integer call() throws IOException {
        output.validate();
        try (Session session = run.load()) {
            Path file = output.or(session.run().place("codes.npy"));
            output.say(session.codes(split.of(session)).write(file));
            session.run()
                    .config()
                    .pixels()
                    .filter(pixels -> pixels.encoded() != pixels)
                    .ifPresent(this::sayWhatWasEncoded);
        }
        return 0;
    }

    /** Where it is not what the model was trained on. */
    private void sayWhatWasEncoded(Pixels trained) {
        console.note("encoded are the " + trained.encoded() + " values that pixels=" + trained
                + " draws from, so that there is no chance in the codes");
    }
}
