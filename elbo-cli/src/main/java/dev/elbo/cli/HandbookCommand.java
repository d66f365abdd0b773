package dev.elbo.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The handbook's figures and pages; each task is a command below this one. */
@Command(
        name = "handbook",
        description = "Make the handbook's figures, keep its pages true, or write it as a site.",
        synopsisSubcommandLabel = "TASK",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} handbook figure three-elbos",
            "  ${ROOT-COMMAND-NAME} handbook site --out handbook",
        })
final class HandbookCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private HandbookCommand() {}

    /** With its tasks. */
    static CommandLine line(Console console) {
        return new CommandLine(new HandbookCommand())
                .addSubcommand(new HandbookFiguresCommand(console))
                .addSubcommand(new HandbookFigureCommand(console))
                .addSubcommand(new HandbookPagesCommand(console))
                .addSubcommand(new HandbookSiteCommand(console));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "what is to be done? Choose figures, figure, pages or site");
    }
}
