package dev.elbo.cli;

import dev.elbo.figure.Figure;
import dev.elbo.run.Pictures;
import dev.elbo.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A run's pictures, and the file that one of them is drawn to: what all commands that draw have in common. */
final class Drawing {
    @Mixin
    private final LoadedRun run;

    @Mixin
    private final OutputFile output;

    Drawing(Console console) {
        this.run = new LoadedRun(console);
        this.output = new OutputFile(console, List.of(".png"));
    }

    /**
     * Draws a figure and says where it is.
     *
     * @param name of the file in the run's figures, unless another was asked for
     * @return the command's exit code
     */
    int draw(String name, Function<Pictures, Figure> figure) throws IOException {
        output.validate();
        try (Session session = run.load()) {
            Path file = output.or(session.run().figures().resolve(name));
            output.say(List.of(figure.apply(new Pictures(session)).write(file)));
        }
        return 0;
    }
}
