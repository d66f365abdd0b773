package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.figure.Waves;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program reads texts aloud: here a script in its place, which leaves the same tone for each text. */
@DisabledOnOs(OS.WINDOWS) // the script is a shell's
class SynthesisTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    /** A program that understands what is said to espeak-ng, and makes a sound of one voice alone. */
    private static Path program() throws IOException {
        float[] tone = new float[2400];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.2 * Math.sin(2 * Math.PI * 200 * i / 8000));
        }
        Path wave = ELBO.folder().resolve("tone.wav");
        Files.write(wave, Waves.wav(List.of(HostArray.of(tone, tone.length)), 8000));
        Path script = ELBO.folder().resolve("speak");
        Files.writeString(
                script,
                "#!/bin/sh\n[ \"$1\" = --version ] && echo 'speak 1.0' && exit 0\n" + "[ \"$2\" = en+f1 ] && /bin/cp '"
                        + wave + "' \"$4\" && exit 0\necho \"no voice $2\"; exit 1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static ElboProcess.Ended synthesise(String out, String... more) throws IOException {
        Files.writeString(ELBO.folder().resolve("texts.txt"), "two, \"seven\"\n\nnine\n");
        String[] first = {"synthesise", "texts.txt", "--out", out};
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return ELBO.run(all);
    }

    @Test
    void aCorpusIsDataAndSaysEverywhereThatItIsSynthetic() throws IOException {
        String program = program().toString();

        JsonNode made = synthesise("spoken", "--program", program, "--voices", "en+f1", "--json")
                .json();

        Path folder = ELBO.folder().resolve("spoken");
        assertThat(made.path("synthetic").asBoolean()).isTrue();
        assertThat(made.path("recordings").asInt()).isEqualTo(2);
        assertThat(made.path("voices").get(0).asText()).isEqualTo("synthetic-espeak-ng-en-f1");
        assertThat(Files.readAllLines(folder.resolve("recordings.csv")))
                .containsExactly(
                        "file,text,voice,origin",
                        "\"synthetic-espeak-ng-en-f1/00001.wav\",\"two, \"\"seven\"\"\",\"synthetic-espeak-ng-en-f1\","
                                + "\"synthetic, by espeak-ng\"",
                        "\"synthetic-espeak-ng-en-f1/00002.wav\",\"nine\",\"synthetic-espeak-ng-en-f1\","
                                + "\"synthetic, by espeak-ng\"");
        assertThat(folder.resolve("SYNTHETIC.txt")).content().contains("This speech is SYNTHETIC", "speak 1.0");
        assertThat(ELBO.run("data", "spoken").out()).contains("synthetic-espeak-ng-en-f1");
        ElboProcess.Ended again = synthesise("spoken", "--program", program, "--voices", "en+f1");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("nothing of it is replaced");
    }

    @Test
    void aProgramThatIsMissingIsToldWithHowToGetIt() throws IOException {
        ElboProcess.Ended missing = synthesise("nothing");
        ElboProcess.Ended unknown = synthesise("nothing", "--by", "festival");

        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.err())
                .contains("there is no program 'espeak-ng'. Install espeak-ng, as by apt-get install espeak-ng");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("--by is espeak-ng or flite");
        assertThat(ELBO.folder().resolve("nothing")).doesNotExist();
    }

    @Test
    void aVoiceThatTheProgramDoesNotHaveIsToldAsItSaysIt() throws IOException {
        ElboProcess.Ended refused = synthesise("other", "--program", program().toString(), "--voices", "en+f1,xx");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("failed with exit code 1: no voice xx");
        assertThat(ELBO.folder().resolve("other/recordings.csv")).doesNotExist();
    }
}
