package dev.elbo.bench.speech;

import dev.elbo.sound.SoundFile;
import dev.elbo.sound.UnreadableSoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that reads texts aloud, where it is installed: its speech is synthetic, and what is written of it says so.
 *
 * @param kind how it is asked
 * @param program its name or path
 */
public record Synthesiser(Kind kind, String program) {
    private static final long LIMIT_SECONDS = 60;
    private static final int LONGEST_COMPLAINT = 200;

    /** Programs whose options are known. */
    public enum Kind {
        /** Speaks by rules, in a hundred languages; a voice may have a variant, as {@code en+f3}. */
        ESPEAK_NG("espeak-ng") {
            @Override
            public List<String> voices() {
                return List.of("en-us+m3", "en-us+f2", "en-gb+m7", "en-gb+f4");
            }

            @Override
            List<String> command(String program, String voice, Path text, Path wave) {
                return List.of(program, "-v", voice, "-w", wave.toString(), "-f", text.toString());
            }
        },
        /** Joins recorded pieces, in English. */
        FLITE("flite") {
            @Override
            public List<String> voices() {
                return List.of("kal", "awb", "rms", "slt");
            }

            @Override
            List<String> command(String program, String voice, Path text, Path wave) {
                return List.of(program, "-voice", voice, "-o", wave.toString(), "-f", text.toString());
            }
        };

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        /** The name of the program. */
        public String program() {
            return program;
        }

        /** Voices that it has where it was installed with what belongs to it. */
        public abstract List<String> voices();

        abstract List<String> command(String program, String voice, Path text, Path wave);
    }

    /** The program of a kind, as it is found in the folders of {@code PATH}. */
    public static Synthesiser of(Kind kind) {
        return new Synthesiser(kind, kind.program);
    }

    /** The first line of what it says of its version. */
    public String version() throws IOException {
        Path said = Files.createTempFile("version", ".txt");
        try {
            run(List.of(program, "--version"), said, false);
            return Files.readString(said, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /**
     * Lets it read a text into a file.
     *
     * @param text a file of it, UTF-8
     * @param wave the WAV that is written
     * @throws IOException if it is not installed, or makes no sound of the text
     */
    public void say(Path text, String voice, Path wave) throws IOException {
        Path said = Files.createTempFile("said", ".txt");
        try {
            run(kind.command(program, voice, text, wave), said, true);
        } finally {
            Files.deleteIfExists(said);
        }
        try {
            if (Files.exists(wave) && SoundFile.read(wave).peak() > 0) {
                return;
            }
        } catch (UnreadableSoundException unreadable) {
            throw new IOException(program + " wrote a file that is no sound: " + unreadable.problem(), unreadable);
        }
        throw new IOException(program + " made no sound of '"
                + Files.readString(text, StandardCharsets.UTF_8).strip() + "' with the voice '" + voice
                + "'. Is it one of its voices?");
    }

    private void run(List<String> command, Path said, boolean mustSucceed) throws IOException {
        Process process = start(command, said);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " did not end within " + LIMIT_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + program + " was speaking");
        } finally {
            process.destroy();
        }
        if (mustSucceed && process.exitValue() != 0) {
            String complaint = Files.readString(said, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            throw new IOException(program + " failed with exit code " + process.exitValue()
                    + (complaint.isBlank()
                            ? ""
                            : ": " + complaint.substring(0, Math.min(LONGEST_COMPLAINT, complaint.length()))));
        }
    }

    private Process start(List<String> command, Path said) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile()) // a pipe that nobody reads would block it
                    .start();
        } catch (IOException missing) {
            throw new IOException(
                    "there is no program '" + program + "'. Install " + kind.program + ", as by apt-get install "
                            + kind.program + " or brew install " + kind.program
                            + "; or choose another program by --by, or say where it is by --program",
                    missing);
        }
    }
}
