package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.figure.Waves;
import dev.elbo.generate.Speech;
import dev.elbo.run.ShippedModels;
import dev.elbo.run.TrainedModel;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Speech over three models: the one that comes trained, which knows its voices by name; {@code clips}, a small one that is told voices by
 * recordings; and {@code waves}, a small vocoder of the same spectra.
 */
class SpeechTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RATE = 8000;

    private static TinyStudio tiny;

    @BeforeAll
    static void open() throws IOException {
        tiny = TinyStudio.open();
        Path models = Path.of("../models").toRealPath();
        Files.createSymbolicLink(tiny.runs().resolveSibling("models"), models);
        Path recordings = tiny.runs().resolveSibling("recordings");
        record(models, recordings);
        train("tts-vae", "clips", recordings, "voices=reference", "hidden=8", "blocks=2");
        train("vocoder", "waves", recordings, "hidden=8", "blocks=1");
        train("vocoder", "slower", recordings, "hidden=8", "blocks=1", "sampleRate=6000");
    }

    /** What two voices of the model that comes trained say, with the words. */
    private static void record(Path models, Path folder) throws IOException {
        try (TrainedModel digits =
                TrainedModel.open(new ShippedModels(models).open(ShippedModels.PREFIX + "digits"), Device.CPU)) {
            Speech speech = Speech.of(digits.generator());
            for (String voice : List.of("lucas", "theo")) {
                Path place = Files.createDirectories(folder.resolve(voice));
                for (int take = 0; take < 4; take++) {
                    String word = take % 2 == 0 ? "two" : "nine";
                    Wave said = speech.say(word, voice, Speech.Manner.STANDARD, take);
                    Files.write(place.resolve(take + ".wav"), file(said.samples()));
                    Files.writeString(place.resolve(take + ".txt"), word);
                }
            }
        }
    }

    private static byte[] file(float[] samples) throws IOException {
        return Waves.wav(List.of(HostArray.of(samples, samples.length)), RATE);
    }

    private static void train(String recipe, String name, Path data, String... settings) throws IOException {
        List<String> words = new ArrayList<>(List.of("train", recipe, "--data", data.toString()));
        words.addAll(List.of("--out", tiny.runs().resolve(name).toString()));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        words.addAll(List.of("--set", "epochs=1", "--set", "batch=4"));
        TinyStudio.train(words);
    }

    @AfterAll
    static void close() throws IOException {
        tiny.close();
    }

    private static HttpResponse<byte[]> say(String run, String more) throws IOException {
        return tiny.post("/api/v1/runs/" + run + "/speech/say", "{\"text\":\"two\",\"temperature\":0" + more + "}");
    }

    private static byte[] said(String run, String more) throws IOException {
        HttpResponse<byte[]> answer = say(run, more);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("audio/wav");
        return answer.body();
    }

    private static void isRefused(HttpResponse<byte[]> answer, int status, String sentence) throws IOException {
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(sentence);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static String clip(byte[] file) {
        return ",\"clipName\":\"somebody.wav\",\"clip\":\""
                + Base64.getEncoder().encodeToString(file) + "\"";
    }

    private static byte[] recorded(String name) throws IOException {
        return Files.readAllBytes(tiny.runs().resolveSibling("recordings").resolve(name));
    }

    @Test
    void whatAModelCanBeToldIsSaidWithTheVocodersOfItsSpectraAlone() throws IOException {
        JsonNode clips = JSON.readTree(tiny.get("/api/v1/runs/clips/speech").body());
        assertThat(clips.path("takesClips").asBoolean()).isTrue();
        assertThat(clips.path("voices").toString()).isEqualTo("[\"lucas\",\"theo\"]");
        assertThat(clips.path("vocoders").toString()).isEqualTo("[\"waves\"]");
        JsonNode digits =
                JSON.readTree(tiny.get("/api/v1/runs/model:digits/speech").body());
        assertThat(digits.path("takesClips").asBoolean(true)).isFalse();
        assertThat(digits.path("vocoders").toString()).isEqualTo("[\"waves\"]");
    }

    @Test
    void whoeverIsHeardInAClipSpeaks() throws IOException {
        byte[] lucas = said("clips", ",\"voice\":\"lucas\"");
        byte[] somebody = said("clips", clip(recorded("theo/0.wav")));
        assertThat(somebody).isNotEqualTo(lucas);
        assertThat(said("clips", clip(recorded("theo/0.wav")))).isEqualTo(somebody);
    }

    @Test
    void aClipThatTellsNoVoiceIsRefusedByItsName() throws IOException {
        isRefused(say("clips", clip(new byte[] {1, 2, 3})), 422, "'somebody.wav' is no sound that can be read");
        isRefused(say("clips", clip(file(new float[61 * RATE]))), 422, "'somebody.wav' is longer than 60");
        isRefused(say("clips", clip(file(new float[RATE]))), 400, "'somebody.wav' has 0.00 s of sound");
        isRefused(say("clips", ",\"clip\":\"no file\""), 400, "'clip' is to be a file as base64");
        isRefused(say("model:digits", clip(recorded("theo/0.wav"))), 400, "--set voices=reference");
    }

    @Test
    void speechGoesThroughAVocoderOfItsSpectraAlone() throws IOException {
        byte[] plain = said("model:digits", "");
        byte[] vocoded = said("model:digits", ",\"vocoder\":\"waves\"");
        assertThat(vocoded).hasSameSizeAs(plain).isNotEqualTo(plain);
        isRefused(say("model:digits", ",\"vocoder\":\"slower\""), 400, "log-mel of 6000 Hz");
        isRefused(say("model:digits", ",\"vocoder\":\"tiny\""), 400, "choose a run of recipe vocoder");
        isRefused(say("model:digits", ",\"vocoder\":\"wave\""), 404, "did you mean 'waves'");
    }

    @Test
    void aClipIsChosenOnThePageAndSpeaks() throws IOException, InterruptedException {
        Optional<Path> program = Browser.program();
        assumeTrue(program.isPresent(), "the page is not tested: there is no Chromium on the PATH");
        try (Browser browser = Browser.start(program.get())) {
            browser.tab().size(390, 844, false);
            browser.go(tiny.studio().link()).until("document.querySelector('a.card.run')");
            browser.value("location.hash = '#/run/clips/speech'");
            browser.until("document.querySelector('#clip')");
            browser.choose("#clip", tiny.runs().resolveSibling("recordings/theo/0.wav"));
            browser.until("document.querySelector('#voice').disabled");
            browser.value(
                    "(() => { document.querySelector('#text').value = 'two'; document.querySelector('#vocoder').value"
                            + " = 'waves'; document.querySelector('form').requestSubmit(); })()");
            browser.until("document.querySelector('elbo-speech footer')?.innerText.includes('0.wav · waves')");
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            browser.value("location.hash = '#/run/waves'");
            browser.until("document.querySelectorAll('.tabs a').length === 1"); // a vocoder says no text
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
