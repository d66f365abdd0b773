package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.bench.speech.JudgeStore;
import dev.elbo.bench.speech.Recordings;
import dev.elbo.bench.speech.SpeechJudge;
import dev.elbo.figure.Waves;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Judges listen to sounds that are told apart by where their energy lies and by their pitch; they learn from them once, in seconds. */
class JudgingCommandsTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    private static final int RATE = 8000;
    private static final int LEARNED = 8;
    private static final int APART = 2;

    /** A word by a voice: harmonics of the voice's pitch, loudest where the word has its energy; another take, another length and noise. */
    private static HostArray said(String word, String voice, int take) {
        SplittableRandom random = new SplittableRandom(31L * take + word.hashCode() + voice.hashCode());
        double pitch = (voice.equals("low") ? 110 : 220) * (0.98 + 0.04 * random.nextDouble());
        double loudest = word.equals("two") ? 700 : 2400;
        float[] samples = new float[(int) (RATE * (0.22 + 0.06 * random.nextDouble()))];
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (double hertz = pitch; hertz < 3500; hertz += pitch) {
                double away = (hertz - loudest) / 300;
                sum += (Math.exp(-away * away) + 0.05) * Math.sin(2 * Math.PI * hertz * i / RATE);
            }
            double swell = Math.sin(Math.PI * i / samples.length);
            samples[i] = (float) (0.1 * swell * sum + 0.002 * (random.nextDouble() - 0.5));
        }
        return HostArray.of(samples, samples.length);
    }

    private static void write(String file, HostArray wave) throws IOException {
        Path path = ELBO.folder().resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, Waves.wav(List.of(wave), RATE));
    }

    /** Recordings, some of which are kept apart, and clips by a speaker that is not to be told from them; then the judge of the recordings. */
    @BeforeAll
    static void recordAndTrain() throws IOException {
        List<String> recordings = new ArrayList<>(List.of("file,text,voice,split"));
        List<String> clips = new ArrayList<>(List.of("file,text,voice"));
        for (String word : List.of("two", "nine")) {
            for (String voice : List.of("low", "high")) {
                for (int take = 0; take < LEARNED + APART; take++) {
                    String name = word + "-" + voice + "-" + take + ".wav";
                    write("recordings/" + name, said(word, voice, take));
                    recordings.add(String.join(",", name, word, voice, take < LEARNED ? "train" : "test"));
                }
                write("clips/" + word + "-" + voice + ".wav", said(word, voice, 99));
                clips.add(String.join(",", word + "-" + voice + ".wav", word, voice));
            }
        }
        Files.write(ELBO.folder().resolve("recordings/table.csv"), recordings);
        Files.write(ELBO.folder().resolve("clips/table.csv"), clips);
        write("clips-of-others/one.wav", said("two", "low", 98));
        Files.write(
                ELBO.folder().resolve("clips-of-others/table.csv"), List.of("file,text,voice", "one.wav,two,nobody"));
        try (Scope scope = Scope.open("judge")) {
            Recordings known = new Judging(Console.standard())
                    .recordings(ELBO.folder().resolve("recordings").toString());
            SpeechJudge judge = SpeechJudge.train(
                    known, new SpeechJudge.Effort(32, 150, 50, 12, 5e-3), 1, (what, done, heldOut) -> {});
            JudgeStore.of(Map.of("ELBO_HOME", ELBO.folder().resolve("home").toString()))
                    .keep(judge, known);
        }
    }

    private static JsonNode json(String... arguments) throws IOException {
        ElboProcess.Ended ended = ELBO.run(arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.json();
    }

    private static String refused(String... arguments) {
        ElboProcess.Ended ended = ELBO.run(arguments);
        assertThat(ended.exitCode()).as(ended.out()).isEqualTo(2);
        return ended.err();
    }

    @Test
    void whatIsHeardIsWrittenDownWithWhoSaysIt() throws IOException {
        JsonNode heard = json("listen", "recordings", "clips/two-high.wav", "clips/nine-low.wav", "--json");

        assertThat(heard.path("data").asText()).isEqualTo("recordings");
        JsonNode first = heard.path("files").get(0);
        JsonNode second = heard.path("files").get(1);
        assertThat(first.path("file").asText()).isEqualTo("clips/two-high.wav");
        assertThat(first.path("text").asText()).isEqualTo("two");
        assertThat(first.path("units").toString()).isEqualTo("[\"two\"]");
        assertThat(first.path("probability").asDouble()).isBetween(0.0, 1.0);
        assertThat(first.path("voices").path("high").asDouble()).isGreaterThan(0.5);
        assertThat(second.path("text").asText()).isEqualTo("nine");
        assertThat(second.path("voices").path("low").asDouble()).isGreaterThan(0.5);
        assertThat(ELBO.run("listen", "recordings", "clips/two-high.wav").out())
                .contains("'two'")
                .contains("high")
                .contains("%");
    }

    @Test
    void aFileThatIsNoSoundIsNamedBeforeAnythingIsHeard() throws IOException {
        Files.writeString(ELBO.folder().resolve("words.wav"), "no sound");

        ElboProcess.Ended ended = ELBO.run("listen", "recordings", "words.wav");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("words.wav");
    }

    @Test
    void clipsAreJudgedBesideTheRecordingsThatWereKeptApart() throws IOException {
        JsonNode judged =
                json("bench", "speech", "--clips", "clips", "--data", "recordings", "--keep", "kept", "--json");

        assertThat(Files.readAllLines(ELBO.folder().resolve("kept/clips/clips.csv")))
                .hasSize(5)
                .contains("file,text,voice", "\"00001.wav\",\"nine\",\"high\"");
        assertThat(ELBO.folder().resolve("kept/recordings/00008.wav")).isNotEmptyFile();
        assertThat(refused("bench", "speech", "--clips", "clips", "--data", "recordings", "--keep", "kept"))
                .contains("kept")
                .contains("another --keep");

        assertThat(judged.path("recordings").asInt()).isEqualTo(4 * APART);
        assertThat(judged.path("inversion").asDouble()).isPositive();
        assertThat(judged.path("systems").findValuesAsText("system"))
                .containsExactly("recordings", "recordings, inverted", "clips");
        JsonNode people = judged.path("systems").get(0);
        JsonNode clips = judged.path("systems").get(2);
        assertThat(people.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(people.path("voiceAccuracy").asDouble()).isEqualTo(1);
        assertThat(clips.path("clips").asInt()).isEqualTo(4);
        assertThat(clips.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(clips.path("voiceAccuracy").asDouble()).isEqualTo(1);
        assertThat(clips.path("similarity").asDouble()).isGreaterThan(0.5);
        assertThat(clips.path("melCepstralDistortion").asDouble()).isPositive();
        assertThat(clips.has("diversity")).isFalse(); // of each there is one take
        assertThat(ELBO.run("bench", "speech", "--clips", "clips", "--data", "recordings")
                        .out()
                        .lines())
                .hasSize(4);
    }

    @Test
    void clipsOfVoicesThatTheRecordingsDoNotHaveAreRefused() {
        assertThat(refused("bench", "speech", "--clips", "clips-of-others", "--data", "recordings"))
                .contains("clip 'one.wav' has the voice 'nobody'; the recordings have [high, low]");
        assertThat(refused("bench", "speech")).contains("name a run, or give --clips");
        assertThat(refused("bench", "speech", "--clips", "clips", "--data", "recordings", "--one-clip"))
                .contains("--one-clip is of a run that speaks");
    }

    @Test
    void aRunSpeaksWithTheVoicesOfClipsAndIsJudged() throws IOException {
        ElboProcess.Ended trained = ELBO.run(
                "train",
                "tts-vae",
                "--data",
                "recordings",
                "--set",
                "voices=reference",
                "--set",
                "hidden=16",
                "--set",
                "pitch=true",
                "--epochs",
                "1",
                "--batch",
                "8",
                "--out",
                "runs/tones",
                "--samples",
                "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();

        ElboProcess.Ended judged = ELBO.run("bench", "speech", "runs/tones", "--one-clip", "--json");

        assertThat(judged.exitCode()).as(judged.err()).isZero();
        assertThat(judged.err()).contains("the run heard all speakers of the recordings");
        assertThat(judged.json().path("systems").get(2).path("clips").asInt()).isEqualTo(4 * APART);
        JsonNode plain = json("say", "runs/tones", "two", "--temperature", "0", "--out", "plain.wav", "--json");
        JsonNode higher =
                json("say", "runs/tones", "two", "--temperature", "0", "--pitch", "6", "--out", "higher.wav", "--json");
        assertThat(higher.path("seconds"))
                .isEqualTo(plain.path("seconds")); // the melody is raised, and no wave played faster
        assertThat(ELBO.folder().resolve("runs/tones/figures/spoken.png")).exists();
        assertThat(ELBO.folder().resolve("runs/tones/figures/heard-1.wav")).exists();
        assertThat(ELBO.folder().resolve("runs/tones/report.html"))
                .content()
                .contains("Spoken texts", "<audio controls");
    }
}
