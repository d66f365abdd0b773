package dev.elbo.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The measurements; each is a command below this one. */
@Command(
        name = "bench",
        description =
                "Measure how fast this machine trains, answers, loads data and starts; check recorded steps; judge digits,"
                        + " pictures, text and speech.",
        synopsisSubcommandLabel = "MEASUREMENT")
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private BenchCommand() {}

    /** With its measurements. */
    static CommandLine line(Console console) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new BenchTrainCommand(console))
                .addSubcommand(new BenchInferCommand(console))
                .addSubcommand(new BenchLoadCommand(console))
                .addSubcommand(new BenchStartCommand(console))
                .addSubcommand(new BenchRecordCommand(console))
                .addSubcommand(new BenchDigitsCommand(console))
                .addSubcommand(new BenchPicturesCommand(console))
                .addSubcommand(new BenchTextCommand(console))
                .addSubcommand(new BenchTransferCommand(console))
                .addSubcommand(new BenchDialogueCommand(console))
                .addSubcommand(new BenchSpeechCommand(console))
                .addSubcommand(new BenchSayCommand(console));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "what is to be measured? Choose train, infer, load, start, record, digits, pictures, text, transfer, dialogue, speech or say");
    }
}
