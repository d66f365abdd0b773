package dev.elbo.bench.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Reading;
import dev.elbo.data.Vocabulary;
import dev.elbo.nn.Pass;
import dev.elbo.option.Options;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges of tones; what has to be learned is learned once, in some seconds. */
class JudgesTest {
    private static final int HIDDEN = 48;
    private static final Recordings RECORDINGS = Tones.recordings();

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open("test");
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static SpeechJudge untrained() {
        return SpeechJudge.of(Tones.ANALYSIS, new Units(Tones.WORDS), Tones.VOICES, 4, HIDDEN, 1);
    }

    private static List<Utterance> test() {
        return List.copyOf(RECORDINGS.test().values());
    }

    @Test
    void judgesLearnFromRecordingsAndAreKept(@TempDir Path root) throws Exception {
        List<String> learned = new ArrayList<>();
        SpeechJudge judge = SpeechJudge.train(
                RECORDINGS,
                new SpeechJudge.Effort(HIDDEN, 150, 50, 12, 5e-3),
                1,
                (what, done, loss) -> learned.add(what));
        assertThat(learned).contains("recogniser", "network of speakers");
        assertThat(judge.recogniser().errors(test()).accuracy()).isEqualTo(1);
        assertThat(judge.speakers().orElseThrow().accuracy(test())).isEqualTo(1);

        JudgeStore store = new JudgeStore(root);
        assertThat(store.find(RECORDINGS)).isEmpty();
        store.keep(judge, RECORDINGS);
        SpeechJudge found = store.find(RECORDINGS).orElseThrow();
        assertThat(found.recogniser().transcribe(frames()))
                .isEqualTo(judge.recogniser().transcribe(frames()));
        assertThat(found.speakers().orElseThrow().recognise(frames()))
                .isEqualTo(judge.speakers().orElseThrow().recognise(frames()));

        assertThatClipsAreJudged(found);
    }

    private static List<HostArray> frames() {
        return test().stream().map(Utterance::frames).toList();
    }

    private static void assertThatClipsAreJudged(SpeechJudge judge) {
        List<Spoken> real = new ArrayList<>();
        List<Spoken> wrong = new ArrayList<>();
        for (int take = 0; take < 3; take++) {
            for (int word = 0; word < Tones.WORDS.size(); word++) {
                real.add(Tones.spoken(word, take % 2, take / 2));
                real.add(Tones.spoken(word, take % 2, 7 + take));
                Spoken other = Tones.spoken((word + 1) % 3, 1 - take % 2, 30 + take);
                Utterance asked = Tones.spoken(word, take % 2, 40 + take).utterance();
                wrong.add(new Spoken(
                        "wrong " + word + take,
                        new Utterance(
                                asked.units(), asked.voice(), other.utterance().frames()),
                        other.wave()));
            }
        }
        Hearing hearing = Hearing.of(judge, real);
        SpeechScore themselves = hearing.ofRecordings();
        SpeechScore others = hearing.score("wrong", wrong);
        SpeechScore chosen = hearing.among(RECORDINGS.texts()).score("wrong", wrong);
        assertThat(chosen.errors().accuracy()).isZero();
        assertThat(hearing.among(RECORDINGS.texts()).ofRecordings().errors().accuracy())
                .isEqualTo(1);
        assertThat(hearing.among(List.of(List.of(Tones.WORDS.get(0)), List.of(Tones.WORDS.get(1))))
                        .ofRecordings()
                        .errors()
                        .accuracy())
                .isBetween(0.5, 0.8); // of three words one cannot be chosen
        assertThat(chosen.toJson().has("toneAccuracy")).isFalse();
        assertThat(themselves.errors().accuracy()).isEqualTo(1);
        assertThat(themselves.voiceAccuracy()).isEqualTo(1);
        assertThat(others.errors().accuracy()).isZero();
        assertThat(others.voiceAccuracy()).isZero();
        assertThat(others.distortion()).isGreaterThan(themselves.distortion());
        assertThat(others.pitchCents()).isGreaterThan(600); // an octave apart, but for the words' bends
        assertThat(themselves.pitchCents()).isLessThan(300); // bends that are aligned, of pitches within 6 %
        assertThat(others.similarity()).isLessThan(themselves.similarity());
        assertThat(hearing.distortionOfInversion()).isLessThan(themselves.distortion());
        assertThat(others.toJson().path("accuracy").asDouble()).isZero();
    }

    @Test
    void aSpeakerIsAskedForEveryTextByEveryVoiceAndForStrings() {
        List<String> asked = new ArrayList<>();
        Speaker speaker = (text, voice, temperature, seed) -> {
            asked.add(voice + ": " + text);
            return Tones.say(Tones.WORDS.indexOf(text.split(" ", 2)[0]), Tones.VOICES.indexOf(voice), seed);
        };
        List<Spoken> takes = Task.ofTexts(RECORDINGS, 2).saidBy(speaker, 1, 1, done -> {});
        assertThat(takes).hasSize(12);
        assertThat(asked.subList(0, 6))
                .containsExactlyInAnyOrder(
                        "low: up", "low: down", "low: level", "high: up", "high: down", "high: level");
        assertThat(asked.subList(6, 12)).isEqualTo(asked.subList(0, 6));
        assertThat(takes.get(0).isTakeOf(takes.get(6))).isTrue();
        assertThat(takes.get(0).wave()).isNotEqualTo(takes.get(6).wave());

        List<Spoken> strings = Task.ofStrings(RECORDINGS, 40, 1).saidBy(speaker, 1, 1, done -> {});
        assertThat(strings)
                .extracting(each -> each.utterance().units().size())
                .contains(2, 7)
                .allMatch(n -> n > 1 && n < 8);
        assertThat(strings).extracting(each -> each.utterance().voice()).contains("low", "high");
    }

    @Test
    void paddingChangesNothingThatIsHeard() {
        SpeechJudge judge = untrained();
        judge.recogniser().ear().accustom(frames());
        HostArray brief = frames().get(0).rows(0, 13);
        HostArray padded = frames().get(1);
        List<Transcript> together = judge.recogniser().transcribe(List.of(brief, padded));
        List<Transcript> alone = judge.recogniser().transcribe(List.of(brief));
        assertThat(together.get(0).units()).isEqualTo(alone.get(0).units());
        // sums of single precision in other orders, of a product over 4 steps
        assertThat(together.get(0).probability()).isCloseTo(alone.get(0).probability(), within(1e-5));
    }

    @Test
    void anUtteranceThatIsTooShortForItsWordsDoesNotFitAndHasNoFiniteLoss() {
        Recogniser recogniser = untrained().recogniser();
        HostArray frames = frames().get(0).rows(0, 8); // 2 steps
        Utterance fitting = new Utterance(List.of("up", "down"), "low", frames);
        Utterance tight = new Utterance(List.of("up", "up"), "low", frames); // needs a blank in between
        assertThat(recogniser.fits(fitting)).isTrue();
        assertThat(recogniser.fits(tight)).isFalse();
        double[] losses = recogniser
                .loss(List.of(fitting, tight), Pass.deterministic())
                .toHost()
                .toDoubles();
        assertThat(losses[0]).isFinite();
        assertThat(losses[1]).isInfinite();
    }

    @Test
    void unitsAreATextThatIsReadAsThem() {
        Reading phones = Options.of(Reading.standard()).with(Map.of("tokens", "phones(pinyin)"));
        Recordings spoken = new Recordings(
                "syllables",
                Tones.ANALYSIS,
                RECORDINGS.train(),
                RECORDINGS.test(),
                Optional.of(new Vocabulary(List.of(new Vocabulary.Word("s", 1)), phones.tokens())));

        assertThat(spoken.text(spoken.units("san4"))).isEqualTo("{s an tone4}");
        assertThat(spoken.units("{s an tone4}")).isEqualTo(spoken.units("san4"));
        assertThat(RECORDINGS.text(List.of("low", "high"))).isEqualTo("low high");
    }

    @Test
    void stringsAreRecordingsOfOneVoiceWithPauses() {
        List<Utterance> clips = List.copyOf(RECORDINGS.train().values());
        SpokenStrings strings = new SpokenStrings(clips, Pauses.of(clips, 20), 5, 1000);
        List<Utterance> drawn = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            drawn.addAll(strings.draw(seed, 10));
        }
        assertThat(strings.draw(3, 10)).hasSameSizeAs(strings.draw(3, 10));
        assertThat(drawn.stream().map(each -> each.units().size())).contains(1, 2, 3, 4, 5);
        int shortest = clips.stream().mapToInt(Utterance::length).min().orElseThrow();
        assertThat(drawn).allMatch(each -> each.length() >= each.units().size() * shortest);
        assertThat(drawn.get(0).bands()).isEqualTo(48);
    }

    @Test
    void otherRecordingsHaveAnotherJudge(@TempDir Path root) throws Exception {
        JudgeStore store = new JudgeStore(root);
        Map<String, Utterance> changed = new LinkedHashMap<>(RECORDINGS.train());
        String first = changed.keySet().iterator().next();
        changed.computeIfPresent(first, (name, each) -> each.as(List.of("sideways")));
        Recordings others = new Recordings("tones", Tones.ANALYSIS, changed, RECORDINGS.test(), Optional.empty());
        store.keep(untrained(), RECORDINGS);
        assertThat(store.find(RECORDINGS)).isPresent();
        assertThat(store.find(others)).isEmpty();
        assertThat(store.folder(others)).isNotEqualTo(store.folder(RECORDINGS));
    }

    @Test
    void damagedFilesOfAJudgeAreNamed(@TempDir Path root) throws Exception {
        JudgeStore store = new JudgeStore(root);
        store.keep(untrained(), RECORDINGS);
        Path file = store.folder(RECORDINGS).resolve("recogniser.safetensors");
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> store.find(RECORDINGS))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("Delete it: the judge is then trained anew");
    }

    @Test
    void recordingsWhoseTextsCannotBeTheirsAreRefused() {
        List<String> much = List.of("a", "b", "c", "d", "e", "f", "g", "h").stream()
                .flatMap(unit -> List.of(unit, unit, unit, unit, unit).stream())
                .toList();
        Map<String, Utterance> mismatched = new LinkedHashMap<>();
        RECORDINGS.train().forEach((name, each) -> mismatched.put(name, each.as(much)));
        Recordings recordings =
                new Recordings("tones", Tones.ANALYSIS, mismatched, RECORDINGS.test(), Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpeechJudge.train(
                        recordings, new SpeechJudge.Effort(8, 1, 1, 1, 1e-3), 1, (what, done, loss) -> {}))
                .withMessageContaining("0 of the 120 of data 'tones' are long enough")
                .withMessageContaining("Are the texts those of the recordings?");
    }
}
