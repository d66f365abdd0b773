package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.sound.SoundFile;
import dev.elbo.sound.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of speech is asked to speak: the one that comes trained. */
class SpeechCommandsTest {
    @RegisterExtension
    static final ElboSession ELBO = new ElboSession();

    @BeforeAll
    static void linkModels() throws IOException {
        Files.createSymbolicLink(
                ELBO.folder().resolve("models"), Path.of("../models").toRealPath());
    }

    private static JsonNode say(String text, String... options) throws IOException {
        String[] words = new String[options.length + 6];
        System.arraycopy(new String[] {"say", "model:digits", text, "--json", "--out", "x.wav"}, 0, words, 0, 6);
        System.arraycopy(options, 0, words, 6, options.length);
        ElboProcess.Ended ended = ELBO.run(words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.json();
    }

    @Test
    void whatIsSaidIsAWaveAndTheSentencesThatItIsMadeOf() throws IOException {
        JsonNode said = say("four two", "--voice", "theo");

        Wave wave = SoundFile.read(ELBO.folder().resolve("x.wav"));
        assertThat(said.path("voice").asText()).isEqualTo("theo");
        assertThat(said.path("sentences")).hasSize(2); // digits were heard one by one
        assertThat(said.path("sentences").get(1).path("phones").toString())
                .isEqualTo("[\"sil\",\"T\",\"UW1\",\"sil\"]");
        assertThat(wave.rateHz()).isEqualTo(8000);
        assertThat(wave.seconds()).isEqualTo(said.path("seconds").asDouble(), within(1e-9));
        assertThat(wave.peak()).isGreaterThan(0.05);
    }

    @Test
    void tagsMakePausesAndSpeechThatIsSlower() throws IOException {
        double plain = say("four two", "--temperature", "0").path("seconds").asDouble();
        double paused = say("four <break time=\"2s\"/> two", "--temperature", "0")
                .path("seconds")
                .asDouble();
        double slow = say("<prosody rate=\"25%\">four two</prosody>", "--temperature", "0")
                .path("seconds")
                .asDouble();

        assertThat(paused).isEqualTo(plain + 2, within(1e-9));
        assertThat(slow).isGreaterThan(3 * plain);
    }

    @Test
    void theSameSeedSaysTheSame() throws IOException {
        say("nine one three");
        Wave once = SoundFile.read(ELBO.folder().resolve("x.wav"));
        say("nine one three");
        Wave again = SoundFile.read(ELBO.folder().resolve("x.wav"));
        say("nine one three", "--seed", "2");

        assertThat(again).isEqualTo(once);
        assertThat(SoundFile.read(ELBO.folder().resolve("x.wav"))).isNotEqualTo(once);
    }

    @Test
    void whatHasNoSoundIsToldAndLeftOut() {
        ElboProcess.Ended ended = ELBO.run("say", "model:digits", "four 好 two", "--out", "x.wav");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("not spoken: '好' at 5");
    }

    @Test
    void theVoicesAreThoseOfTheRecordings() {
        assertThat(ELBO.run("voices", "model:digits").out().lines())
                .containsExactly("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello|no recording that the model learned from has the phones",
                "…|there is nothing to pronounce in '…'",
                "<loud>two</loud>|line 1, column 1: <loud>: unknown tag"
            })
    void whatCannotBeSaidIsRefused(String text, String message) {
        ElboProcess.Ended ended = ELBO.run("say", "model:digits", text, "--out", "x.wav");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains(message);
    }

    @Test
    void aVoiceThatThereIsNotIsToldWithTheNearest() {
        ElboProcess.Ended ended = ELBO.run("say", "model:digits", "two", "--voice", "teo");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("theo");
    }

    @Test
    void aTextIsPronouncedWithoutAModel() throws IOException {
        JsonNode said = ELBO.run("pronounce", "$2", "--json").json();

        assertThat(said.path("words").get(0).path("text").asText()).isEqualTo("two");
        assertThat(said.path("words").get(1).path("text").asText()).isEqualTo("dollars");
        assertThat(said.path("segments")).hasSize(1);
    }

    @Test
    void aVoiceIsAddedByRecordingsOfIt() throws IOException {
        for (String word : new String[] {"two", "nine"}) {
            for (int take = 0; take < 4; take++) {
                String name = "clips/" + word + take;
                ELBO.run("say", "model:digits", word, "--pitch", "4", "--seed", "" + take, "--out", name + ".wav");
                Files.writeString(ELBO.folder().resolve(name + ".txt"), word);
            }
        }

        ElboProcess.Ended ended = ELBO.run(
                "adapt",
                "model:digits",
                "--clips",
                "clips",
                "--name",
                "me",
                "--epochs",
                "1",
                "--batch",
                "4",
                "--out",
                "runs/mine",
                "--samples",
                "1");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("which learns the voice 'me'");
        assertThat(ELBO.run("voices", "runs/mine").out().lines())
                .hasSize(7)
                .last()
                .isEqualTo("me");
        assertThat(ELBO.run("say", "runs/mine", "two", "--voice", "me", "--out", "x.wav")
                        .exitCode())
                .isZero();
        assertThat(ELBO.run("resume", "runs/mine", "--epochs", "2", "--samples", "1")
                        .exitCode())
                .isZero();
        assertThat(ELBO.run("voices", "model:digits").out().lines()).hasSize(6);
    }

    @Test
    void aRecordingIsSaidByAnotherVoice() throws IOException {
        for (String voice : new String[] {"theo", "lucas"}) {
            for (int take = 0; take < 4; take++) {
                String name = "two/" + voice + "/" + take;
                ELBO.run("say", "model:digits", "two", "--voice", voice, "--seed", "" + take, "--out", name + ".wav");
            }
        }
        ElboProcess.Ended trained = ELBO.run(
                "train",
                "voice-vae",
                "--data",
                "two",
                "--epochs",
                "1",
                "--batch",
                "4",
                "--out",
                "runs/voices",
                "--samples",
                "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();

        JsonNode said = ELBO.run(
                        "convert", "runs/voices", "two/theo/0.wav", "--to", "lucas", "--out", "y.wav", "--json")
                .json();
        ElboProcess.Ended unknown = ELBO.run("convert", "runs/voices", "two/theo/0.wav", "--to", "luca");

        double heard = SoundFile.read(ELBO.folder().resolve("two/theo/0.wav")).seconds();
        assertThat(said.path("seconds").asDouble()).isEqualTo(heard, within(0.02)); // whole frames, 8 ms apart
        assertThat(SoundFile.read(ELBO.folder().resolve("y.wav")).seconds())
                .isEqualTo(said.path("seconds").asDouble());
        assertThat(ELBO.run("voices", "runs/voices").out().lines()).containsExactly("lucas", "theo");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("lucas");
    }

    /** Clips of two voices, with what they say. */
    private static void clips(String folder, String... words) throws IOException {
        for (String voice : new String[] {"theo", "lucas"}) {
            for (int take = 0; take < 4; take++) {
                String name = folder + "/" + voice + "/" + take;
                String word = words[take % words.length];
                ELBO.run("say", "model:digits", word, "--voice", voice, "--seed", "" + take, "--out", name + ".wav");
                Files.writeString(ELBO.folder().resolve(name + ".txt"), word);
            }
        }
    }

    @Test
    void aRecordingTellsAVoiceThatTheRunNeverHeard() throws IOException {
        clips("heard", "two", "nine");
        ElboProcess.Ended trained = ELBO.run(
                "train",
                "tts-vae",
                "--data",
                "heard",
                "--set",
                "voices=reference",
                "--set",
                "hidden=8",
                "--set",
                "blocks=2",
                "--epochs",
                "1",
                "--batch",
                "4",
                "--out",
                "runs/clips",
                "--samples",
                "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        ELBO.run("say", "model:digits", "two", "--voice", "george", "--out", "george.wav");

        JsonNode said = ELBO.run("say", "runs/clips", "two", "--voice", "george.wav", "--out", "z.wav", "--json")
                .json();
        ElboProcess.Ended nobody = ELBO.run("say", "runs/clips", "two", "--voice", "george");
        ElboProcess.Ended byNames = ELBO.run("say", "model:digits", "two", "--voice", "george.wav");

        assertThat(said.path("voice").asText()).isEqualTo("george.wav");
        assertThat(said.path("seconds").asDouble()).isPositive();
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("lucas").contains("theo").contains("no recording 'george' either");
        assertThat(byNames.exitCode()).isEqualTo(2);
        assertThat(byNames.err()).contains("--set voices=reference");
        assertThat(ELBO.run("voices", "runs/clips").err()).contains("--voice FILE");
        assertThat(ELBO.run("voices", "runs/clips", "--json")
                        .json()
                        .path("recordings")
                        .asBoolean())
                .isTrue();
        assertThat(ELBO.run("voices", "model:digits", "--json")
                        .json()
                        .path("recordings")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void speechGoesThroughAVocoderOfItsRateAlone() throws IOException {
        clips("waves", "two");
        String[] trained = {
            "train",
            "vocoder",
            "--data",
            "waves",
            "--set",
            "hidden=8",
            "--set",
            "blocks=1",
            "--set",
            "criticEpochs=1",
            "--set",
            "criticChannels=4",
            "--epochs",
            "1",
            "--batch",
            "4",
            "--samples",
            "1",
            "--out"
        };
        ElboProcess.Ended fitting = train(trained, "runs/vocoder");
        ElboProcess.Ended other = train(trained, "runs/slower", "--set", "sampleRate=6000");
        assertThat(fitting.exitCode()).as(fitting.err()).isZero();
        assertThat(other.exitCode()).as(other.err()).isZero();

        double plain = say("two", "--temperature", "0").path("seconds").asDouble();
        double vocoded = say("two", "--temperature", "0", "--vocoder", "runs/vocoder")
                .path("seconds")
                .asDouble();
        ElboProcess.Ended refused = ELBO.run("say", "model:digits", "two", "--vocoder", "runs/slower");
        ElboProcess.Ended noVocoder = ELBO.run("say", "model:digits", "two", "--vocoder", "model:digits");

        assertThat(vocoded).isEqualTo(plain);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("48 bands of log-mel of 6000 Hz").contains("8000 Hz");
        assertThat(noVocoder.exitCode()).isEqualTo(2);
        assertThat(noVocoder.err()).contains("choose a run of recipe vocoder");
    }

    private static ElboProcess.Ended train(String[] words, String out, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(out);
        all.addAll(List.of(more));
        return ELBO.run(all.toArray(String[]::new));
    }

    @Test
    void aModelOfTextsExchangesNoVoices() {
        ElboProcess.Ended ended = ELBO.run("convert", "model:digits", "x.wav", "--to", "theo");

        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void aVoiceIsAddedToModelsOfSpeechAlone() {
        ElboProcess.Ended ended = ELBO.run("adapt", "model:poems", "--clips", "clips", "--name", "me");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("a voice is added to a model of speech; recipe poem-vae makes none");
    }
}
