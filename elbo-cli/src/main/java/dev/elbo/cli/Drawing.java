package dev.elbo.cli;

import dev.elbo.exhibit.Exhibit;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.SampleFiles;
import dev.elbo.exhibit.Samples;
import dev.elbo.exhibit.Showing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A run's pictures, and the file that one of them is drawn to: what all commands that draw have in common. */
final class Drawing {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Mixin
    private final OutputFile output;

    Drawing(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
        this.output = new OutputFile(console, List.of(".png", ".txt", ".wav"));
    }

    /** The run whose pictures these are. */
    LoadedRun run() {
        return run;
    }

    /**
     * Makes an exhibit: prints what is text, writes anything else to a file, and says where that is.
     *
     * @param name of the file in the run's figures, unless another was asked for
     * @param showsData whether it shows examples of the data, which are then opened
     * @return the command's exit code
     */
    int draw(Exhibit exhibit, String name, boolean showsData) throws IOException {
        output.validate();
        try (Opened opened = showsData ? run.open() : run.openWithoutData()) {
            Showing showing = opened.showing();
            exhibit.obstacle(showing).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
            exhibit.shortage(showing).ifPresent(console::note);
            Piece piece = exhibit.of(showing);
            if (piece instanceof Piece.Writing writing && !output.isGiven()) {
                output.sayLines(writing.lines());
                return 0;
            }
            output.require(piece.ending());
            Path file = output.or(opened.run().place("figures/" + name + piece.ending()));
            output.say(List.of(piece.write(file)));
        }
        return 0;
    }

    /**
     * Writes samples for other programs, into a folder or as one array, and says where they are.
     *
     * @return the command's exit code
     */
    int write(Samples samples, SampleFiles.Form form) throws IOException {
        output.requireFolder(form == SampleFiles.Form.NPY ? ".npy" : "");
        try (Opened opened = run.openWithoutData()) {
            SampleFiles files = samples.files(opened.showing());
            Path out = output.or(opened.run().place("samples"));
            if (form != SampleFiles.Form.NPY) {
                output.say(out, files.writeEach(out, form).size());
            } else if (out.toString().endsWith(".npy")) {
                output.say(files.writeArray(out));
            } else {
                output.say(files.writeArray(out.resolve("samples.npy")));
            }
        }
        return 0;
    }

    /** Makes an exhibit that shows examples of the data, in a file of its usual name. */
    int draw(Exhibit exhibit) throws IOException {
        return draw(exhibit, exhibit.name(), true);
    }
}
