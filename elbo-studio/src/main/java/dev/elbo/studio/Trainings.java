package dev.elbo.studio;

import dev.elbo.run.RunDirectory;
import dev.elbo.run.RunStatus;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trainings in processes of their own. What one says goes into the file {@code studio.log} of its run. The studio holds no thread of
 * it: the run's files tell how far it is, here and in every other process.
 */
final class Trainings {
    private static final Logger LOGGER = LoggerFactory.getLogger(Trainings.class);
    private static final String LOG = "studio.log";
    private static final long LEAST_FREE = 1 << 20;
    private static final int MOST = 4;
    private static final int LOOKS = 1200;
    private static final long LOOK_MILLIS = 100;

    private final List<String> command;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    /** @param command the words that start Elbo's command line */
    Trainings(List<String> command) {
        this.command = command;
    }

    /**
     * Starts a training and waits until it is at work.
     *
     * @param place the directory of its run, which is there
     * @param words what is typed behind the command
     * @throws Refusal if it ends before that, with what it said; or if several run already
     */
    void start(Path place, List<String> words) throws IOException {
        processes.removeIf(process -> !process.isAlive());
        if (processes.size() >= MOST) {
            throw Refusal.busy(MOST + " trainings run already; stop one, or wait until one has ended");
        }
        boolean isNew = !RunDirectory.isRun(place);
        Path log = place.resolve(LOG);
        Process process = new ProcessBuilder(detached(words))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        processes.add(process);
        if (!isAtWork(place, process)) {
            String said = lastLine(log).orElseGet(() -> silence(place));
            if (isNew && !RunDirectory.isRun(place)) {
                RunFiles.delete(place);
            }
            throw Refusal.conflict("the training has not begun: " + said);
        }
    }

    /** Ctrl-C in the studio's terminal reaches every process there; a training is to go on, and so is told to pass it over. */
    private List<String> detached(List<String> words) {
        List<String> whole = new ArrayList<>();
        if (File.separatorChar == '/') {
            whole.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        }
        whole.addAll(command);
        whole.addAll(words);
        return whole;
    }

    private static File nothing() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    /** Whether it trains, or has ended well already; waits for data that are fetched. */
    private static boolean isAtWork(Path place, Process process) throws IOException {
        try {
            for (int look = 0; look < LOOKS; look++) {
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return process.exitValue() == 0;
                }
                if (RunDirectory.isRun(place)
                        && RunStatus.of(RunDirectory.open(place)).state() == RunStatus.State.TRAINING) {
                    return true;
                }
            }
            return true; // it fetches data, and tells of them in its log
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What a training that was started here, and has ended before its end, said last; or that its disk is full, if it could not say it. */
    static Optional<String> lastWords(RunDirectory run) throws IOException {
        Path log = run.path().resolve(LOG);
        boolean hasBrokenOff = Files.exists(log) && RunStatus.of(run).state() == RunStatus.State.INTERRUPTED;
        return hasBrokenOff ? lastLine(log).or(() -> fullDisk(run.path())) : Optional.empty();
    }

    /** Without the last line of progress, which ends in no new line. */
    private static Optional<String> lastLine(Path log) throws IOException {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst("^elbo: ", ""));
    }

    private static String silence(Path place) {
        return fullDisk(place).orElse("its process ended without a word");
    }

    /** A full disk takes the last words of a process too. */
    private static Optional<String> fullDisk(Path place) {
        try {
            long free = Files.getFileStore(place).getUsableSpace();
            return free < LEAST_FREE
                    ? Optional.of("the disk that holds " + place.getParent() + " is full: " + (free >> 10)
                            + " KiB are free. Free some space, then try again")
                    : Optional.empty();
        } catch (IOException unknown) {
            LOGGER.debug("nothing is known of the disk of {}", place, unknown);
            return Optional.empty();
        }
    }
}
