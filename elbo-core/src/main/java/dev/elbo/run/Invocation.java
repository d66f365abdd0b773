package dev.elbo.run;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that the command line was called by, so that the commands it shows can be typed as they stand.
 *
 * @param said as a shell reads it: {@code ./elbo}, {@code elbo}, {@code java -jar elbo-cli.jar}; empty if nobody knows
 */
public record Invocation(Optional<String> said) {
    /** Where the launcher says what it was called by. */
    public static final String VARIABLE = "ELBO_COMMAND";

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");
    private static final Pattern JAR = Pattern.compile("(.*?elbo-cli[^/ ]*\\.jar)( .*)?");

    /** How this process was started. */
    public static Invocation ofThisProcess() {
        return of(System.getenv(), System.getProperty("sun.java.command", ""));
    }

    /**
     * How a process was started.
     *
     * @param environment as of {@link System#getenv()}
     * @param java what Java was told to run, and its arguments
     */
    static Invocation of(Map<String, String> environment, String java) {
        String said = environment.getOrDefault(VARIABLE, "");
        if (!said.isBlank()) {
            return new Invocation(Optional.of(word(said)));
        }
        Matcher jar = JAR.matcher(java);
        return new Invocation(jar.matches() ? Optional.of("java -jar " + word(jar.group(1))) : Optional.empty());
    }

    /** The words that begin a command; {@code ./elbo} if nobody knows. */
    public String command() {
        return said.orElse("./elbo");
    }

    /** A command that can be typed. */
    public String line(String... words) {
        return Stream.concat(Stream.of(command()), Stream.of(words).map(Invocation::word))
                .collect(Collectors.joining(" "));
    }

    /** A sentence in which a command is named by somebody who does not know how it was called: {@code 'elbo runs'}. */
    public String in(String sentence) {
        return said.map(command -> sentence.replace("'elbo ", "'" + command + " "))
                .orElse(sentence);
    }

    /** One word for the shell, whatever it holds. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
