package dev.elbo.cli;

import dev.elbo.run.Invocation;
import dev.elbo.run.Release;
import dev.elbo.tensor.Backend;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The {@code elbo} command; exits with 0, with 1 for a failure, with 2 for wrong usage. */
@Command(
        name = "elbo",
        description = "Train, evaluate and sample variational autoencoders.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "A first run: ${ROOT-COMMAND-NAME} train vae --data mnist"})
public final class Main {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "After an error, show where in the program it arose.")
    private boolean verbose;

    private static final Set<String> COMPUTING = Set.of(
            "train",
            "resume",
            "fit-prior",
            "adapt",
            "evaluate",
            "sample",
            "write",
            "transfer",
            "chat",
            "say",
            "convert",
            "listen",
            "neighbours",
            "reconstruct",
            "interpolate",
            "traverse",
            "directions",
            "edit",
            "morph",
            "inpaint",
            "denoise",
            "mix",
            "encode",
            "studio",
            "rehearse");

    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (!words.isEmpty()
                && COMPUTING.contains(words.get(0))
                && !words.contains("--help")
                && !words.contains("-h")) {
            Backend.startAhead(); // 0.3 s, while arguments and data are read
        }
        Console console = Console.standard();
        int exitCode = console.close(commandLine(console).execute(arguments));
        if (Backend.isStarting()) {
            Runtime.getRuntime().halt(exitCode); // the libraries' destructors do not expect to be loading still
        }
        System.exit(exitCode);
    }

    static CommandLine commandLine(Console console) {
        Main main = new Main();
        CommandLine elbo = new CommandLine(main);
        List<Callable<Integer>> commands = List.of(
                new TrainCommand(console),
                new ResumeCommand(console),
                new FitPriorCommand(console),
                new AdaptCommand(console),
                new StopCommand(console),
                new EvaluateCommand(console),
                new SampleCommand(console),
                new WriteCommand(console),
                new TransferCommand(console),
                new ChatCommand(console),
                new SayCommand(console),
                new VoicesCommand(console),
                new ConvertCommand(console),
                new ListenCommand(console),
                new NeighboursCommand(console),
                new ReconstructCommand(console),
                new InterpolateCommand(console),
                new TraverseCommand(console),
                new DirectionsCommand(console),
                new EditCommand(console),
                new MorphCommand(console),
                new InpaintCommand(console),
                new DenoiseCommand(console),
                new MixCommand(console),
                new EncodeCommand(console),
                new ReportCommand(console),
                new CompareCommand(console),
                new RecipesCommand(console),
                new DataCommand(console),
                new PronounceCommand(console),
                new SynthesiseCommand(console),
                new RunsCommand(console),
                new StudioCommand(console),
                new CompletionCommand(console),
                new RehearseCommand(console));
        commands.forEach(elbo::addSubcommand);
        elbo.addSubcommand(ModelsCommand.line(console));
        elbo.addSubcommand(BenchCommand.line(console));
        elbo.addSubcommand(HandbookCommand.line(console));
        Invocation.ofThisProcess().said().ifPresent(elbo::setCommandName);
        Failures failures = new Failures(console, () -> main.verbose);
        return elbo.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(console.isColoured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setExecutionStrategy(parsed -> execute(parsed, failures))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Errors of the machine are said like others; picocli passes on exceptions only. */
    private static int execute(ParseResult parsed, Failures failures) {
        try {
            WholeNames.require(parsed.originalArgs());
            return new RunLast().execute(parsed);
        } catch (LinkageError | OutOfMemoryError | IllegalArgumentException error) {
            return failures.handle(error);
        }
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"elbo " + Release.version()};
        }
    }
}
