package dev.elbo.cli;

import dev.elbo.option.NearestName;
import dev.elbo.run.Invocation;
import dev.elbo.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in one sentence what went wrong and what to do, and whose fault it is: 2 that of what was typed, 1
 * that of a file, a network or a machine. Where it arose interests only those who ask.
 *
 * @param console where it is said
 * @param verbose whether to show where in the program it arose
 */
record Failures(Console console, BooleanSupplier verbose)
        implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Pattern BYTES = Pattern.compile("allocate (\\d+) bytes");
    private static final Map<Class<?>, String> NUMBERS =
            Map.of(int.class, "a whole number", long.class, "a whole number", double.class, "a number");

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String help = "; '" + command.qualifiedName() + " --help' says how it is used";
        say(usage(failure, command, arguments).orElse(failure.getMessage() + help), failure);
        return ExitCode.USAGE;
    }

    /** What to say of a word that is not known, or none, or one that does not belong. */
    private static Optional<String> usage(ParameterException failure, CommandSpec command, String[] arguments) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return Optional.of(unknown(unmatched.getUnmatched().get(0), command));
        }
        if (failure
                instanceof
                MissingParameterException) { // an option that is missing may be there with a slip of the finger
            Optional<String> mistyped = Stream.of(arguments)
                    .filter(word -> word.startsWith("--"))
                    .map(word -> word.replaceFirst("=.*", ""))
                    .filter(word -> !command.optionsMap().containsKey(word))
                    .findFirst();
            if (mistyped.isPresent()) {
                return mistyped.map(word -> unknown(word, command));
            }
        }
        ArgSpec argument = failure.getArgSpec();
        if (argument instanceof OptionSpec option && NUMBERS.containsKey(option.type())) {
            return Optional.of(option.longestName() + ": " + NUMBERS.get(option.type()) + " was expected; got '"
                    + failure.getValue() + "'");
        }
        if (!command.subcommands().isEmpty()
                && !failure.getCommandLine().getParseResult().hasSubcommand()) {
            return Optional.of("a command is missing; '" + command.qualifiedName() + " --help' lists them");
        }
        return Optional.empty();
    }

    private static String unknown(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            List<String> options = command.options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            return NearestName.message("option", word.replaceFirst("=.*", ""), options);
        }
        if (!command.subcommands().isEmpty()) {
            return NearestName.message("command", word, names(command));
        }
        return "unexpected argument '" + word + "'; '" + command.qualifiedName() + " --help' says how it is used";
    }

    private static List<String> names(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(known -> !known.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        return handle(failure);
    }

    /** Says what went wrong in a command; the exit code. */
    int handle(Throwable failure) {
        say(sentence(failure), failure);
        return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private void say(String sentence, Throwable failure) {
        console.note("elbo: " + Invocation.ofThisProcess().in(sentence));
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(console.err());
            console.err().flush();
        }
    }

    private static String sentence(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("can't allocate memory") || message.contains("CUDA out of memory")) {
            return outOfMemory(message);
        }
        if (failure instanceof FileSystemException file) {
            return sentence(file);
        }
        if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException
                || failure instanceof DivergedException) {
            return message;
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + message + "; take less data or a smaller batch, or give Java more, as in"
                    + " ELBO_JAVA_OPTS=-Xmx8g";
        }
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return sentence(failure.getCause());
        }
        if (failure instanceof LinkageError) {
            return "the native libraries cannot be used on this machine: " + message;
        }
        String first = message.lines().findFirst().orElse("");
        return "Bug: " + first.replaceFirst("^Bug: ", "") + " ("
                + failure.getClass().getName() + "); run again with --verbose and report it";
    }

    /** Of libtorch's message, the number of bytes. */
    private static String outOfMemory(String message) {
        Matcher bytes = BYTES.matcher(message);
        String wanted = bytes.find()
                ? String.format(Locale.ROOT, "%,.1f GB at once are", Double.parseDouble(bytes.group(1)) / 1e9)
                : "the next step is";
        return "out of memory: " + wanted
                + " more than there is; choose a smaller batch or smaller layers, or less data";
    }

    private static String sentence(FileSystemException failure) {
        if (failure instanceof NoSuchFileException && failure.getReason() == null) {
            return "there is no file " + failure.getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied: " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is in the way: it exists already";
        }
        return failure.getFile() + ": " + failure.getReason();
    }
}
