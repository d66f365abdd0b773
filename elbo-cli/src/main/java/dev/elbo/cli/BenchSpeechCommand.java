package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.speech.ClipFolder;
import dev.elbo.bench.speech.ErrorRate;
import dev.elbo.bench.speech.Hearing;
import dev.elbo.bench.speech.OneClip;
import dev.elbo.bench.speech.Recordings;
import dev.elbo.bench.speech.SpeechJudge;
import dev.elbo.bench.speech.SpeechScore;
import dev.elbo.bench.speech.Spoken;
import dev.elbo.bench.speech.Task;
import dev.elbo.bench.speech.Utterance;
import dev.elbo.generate.Speech;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.TrainedModel;
import dev.elbo.sound.Wave;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges speech. */
@Command(
        name = "speech",
        description = {
            "How well a run of tts-vae, or clips of speech, are understood, whether their voices are those asked for, and how far they",
            "are from recordings. A run says what is said in the recordings that are kept apart.",
            "A recogniser and a network of speakers judge, which learn from the recordings of --data alone, once. The recordings that are",
            "kept apart are judged beside the clips, as they are and inverted: nobody speaks more like them than they themselves.",
            "right: clips without a misheard word. tones: clips whose tones are right, of Mandarin. errors: units misheard, of those that",
            "were to be said; words: words misheard, where the units are characters. voice: clips that are taken for the voice asked for. similarity: cosine with recordings of that voice. EER: equal error rate of clips and recordings. MCD:",
            "mel-cepstral distortion to takes of the same text and voice. LSD: log-spectral distance. F0: difference of the pitch. length:",
            "ratio to those takes. diversity: MCD between a system's own takes."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench speech last",
            "  ${ROOT-COMMAND-NAME} bench speech --clips spoken --data recordings",
            "  ${ROOT-COMMAND-NAME} bench speech last --one-clip --data more-speakers",
            "  ${ROOT-COMMAND-NAME} bench speech last --vocoder runs/vocoder-1",
            "  ${ROOT-COMMAND-NAME} bench speech last --strings 180 --keep spoken",
            "",
            "The clips are a folder of sound files with a table, .csv or .tsv, that has the columns file, text and voice, or laid out as",
            "data are that Elbo reads.",
            "",
            "--json prints {\"data\": NAME, \"recordings\": N, \"inversion\": DB, \"systems\": [{\"system\": NAME, \"clips\": N, \"accuracy\": A,"
                    + " \"unitErrorRate\": E, \"wordErrorRate\": E, \"toneAccuracy\": A, \"voiceAccuracy\": A, \"similarity\": S, \"equalErrorRate\": E, \"melCepstralDistortion\": DB,"
                    + " \"logSpectralDistance\": DB, \"pitchHertz\": HZ, \"pitchCents\": C, \"voicing\": V, \"length\": L, \"diversity\": DB},"
                    + " …]}; what there are no clips for is left out."
        })
final class BenchSpeechCommand implements Callable<Integer> {
    private static final String UNKNOWN = "<unk>";

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run: its directory, its name in $$ELBO_RUNS or else ./runs, 'last' or 'model:NAME'.")
    private @Nullable String run;

    @Option(names = "--clips", paramLabel = "DIR", description = "Clips to judge, a folder.")
    private @Nullable String clips;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            completionCandidates = Names.OfData.class,
            description =
                    "Recordings that the judges learn from, and that clips are compared with. Default: the run's.")
    private @Nullable String data;

    @Option(
            names = "--one-clip",
            description =
                    "A run with voices=reference speaks with the voice of one clip each time, as those speakers of --data that it"
                            + " never heard; if it heard all of them, as all of them. similarity and EER then tell how well a voice is taken"
                            + " from a clip.")
    private boolean isFromOneClip;

    @Mixin
    private final GivenVocoder vocoder = new GivenVocoder();

    @Option(
            names = "--strings",
            paramLabel = "N",
            description =
                    "A run says so many strings of two to seven of the recordings' texts, in the place of single ones.")
    private int strings;

    @Option(
            names = "--among",
            description =
                    "The recogniser chooses among the texts of the recordings, in the place of writing what it hears.")
    private boolean isAmong;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "A new folder for what is judged: clips of each system with a table, as other judges read them. Recordings are kept"
                            + " as they are after analysis and inversion.")
    private @Nullable Path keep;

    @Option(names = "--temperature", paramLabel = "T", description = "Of what the run says. Default: ${DEFAULT-VALUE}.")
    private double temperature = Speech.Manner.STANDARD.temperature();

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other takes. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final Judging judging;

    @Mixin
    private final Json json = new Json();

    BenchSpeechCommand(Console console) {
        this.console = console;
        this.judging = new Judging(console);
    }

    @Override
    public Integer call() throws IOException {
        if (run == null && (clips == null || data == null)) {
            throw new IllegalArgumentException(
                    "name a run, or give --clips and the --data that they are compared with");
        }
        Optional<RunDirectory> chosen = run == null
                ? Optional.empty()
                : Optional.of(RunCatalog.of(System.getenv()).open(run));
        Recordings recordings =
                judging.recordings(data == null ? chosen.orElseThrow().config().data() : data);
        Map<String, List<Spoken>> judged = new LinkedHashMap<>();
        if (clips != null) {
            judged.put(clips, Recordings.clips(judging.clips(clips, recordings.analysis())));
        }
        if ((isFromOneClip || strings > 0) && run == null) {
            throw new IllegalArgumentException(
                    (isFromOneClip ? "--one-clip" : "--strings") + " is of a run that speaks; name one");
        }
        new Range("--strings", 0, 100_000).require(strings);
        if (isFromOneClip && strings > 0) {
            throw new IllegalArgumentException(
                    "--one-clip says what was recorded, and --strings says other texts: leave one of them out");
        }
        if (keep != null) {
            ClipFolder.requireEmpty(keep, "--keep");
        }
        if (chosen.isPresent()) {
            judged.put(String.valueOf(run), said(chosen.get(), recordings));
        }
        judged.values().forEach(some -> requireKnownVoices(some, recordings));
        try (Scope scope = Scope.open("judge")) {
            SpeechJudge judge = judging.judge(recordings);
            console.status(width -> "inverting the recordings");
            Hearing open = Hearing.of(judge, recordings.spoken());
            Hearing hearing = isAmong ? open.among(known(judge, recordings)) : open;
            List<SpeechScore> scores = new ArrayList<>();
            console.status(width -> "judging the recordings");
            scores.add(hearing.ofRecordings());
            scores.add(hearing.ofInverted());
            Map<String, List<Spoken>> systems = new LinkedHashMap<>(throughVocoder(hearing));
            systems.putAll(judged);
            systems.forEach((name, some) -> {
                console.status(width -> "judging " + name);
                scores.add(hearing.score(name, some));
            });
            if (keep != null) {
                systems.put("recordings", hearing.recordings());
                keep(keep, systems, recordings);
            }
            say(recordings, hearing, scores);
        }
        return 0;
    }

    /** The recordings through the vocoder, if one was asked for. */
    private Map<String, List<Spoken>> throughVocoder(Hearing hearing) throws IOException {
        try (GivenVocoder.Open through = vocoder.open()) {
            return through.vocoder()
                    .map(learned -> learned.of(hearing.judge().analysis()))
                    .map(learned -> Map.of("recordings, by " + vocoder.name(), hearing.through(learned)))
                    .orElse(Map.of());
        }
    }

    /** Each system's clips in a folder of its own. */
    private void keep(Path folder, Map<String, List<Spoken>> systems, Recordings recordings) throws IOException {
        for (Map.Entry<String, List<Spoken>> system : systems.entrySet()) {
            String name = system.getKey().replaceAll("[^\\p{L}\\p{N}.]+", "-").replaceAll("^[-.]+|-+$", "");
            ClipFolder.write(folder.resolve(name), system.getValue(), recordings::text);
        }
        console.note("the clips are kept in " + folder);
    }

    /** Clips that the run makes of each recording's text, in its voice. */
    private List<Spoken> said(RunDirectory directory, Recordings recordings) throws IOException {
        try (TrainedModel model = TrainedModel.open(directory, Device.CPU);
                GivenVocoder.Open through = vocoder.open()) {
            Speech speech = through.of(Speech.of(model.showing().generator()), Speech::through);
            Speech.Manner how = new Speech.Manner(temperature, 1, 0);
            if (strings > 0) {
                return strings(speech, recordings);
            }
            List<Spoken> said = new ArrayList<>();
            double seconds = 0;
            long began = System.nanoTime();
            OneClip clips = isFromOneClip ? clips(speech, recordings) : null;
            for (Map.Entry<String, Utterance> recording : recordings.test().entrySet()) {
                Utterance asked = recording.getValue();
                if (clips != null && !clips.isWanted(asked.voice())) {
                    continue;
                }
                console.status(width -> "saying " + recording.getKey());
                requireKnown(recording.getKey(), asked.units());
                long take = Rng.seedOf(seed, said.size());
                Speech.Speaker who = clips == null ? speech.speaker(asked.voice()) : clips.of(asked.voice(), take);
                Wave wave = speech.say(recordings.text(asked.units()), who, how, take);
                seconds += wave.seconds();
                said.add(Spoken.of(
                        run + " " + recording.getKey(), asked.units(), asked.voice(), wave, recordings.analysis()));
            }
            console.note(String.format(
                    Locale.ROOT,
                    "said %.0f s of speech, %.0f times as fast as it lasts",
                    seconds,
                    seconds * 1e9 / (System.nanoTime() - began)));
            return said;
        }
    }

    private static void requireKnown(String recording, List<String> units) {
        if (units.contains(UNKNOWN)) {
            throw new IllegalArgumentException(
                    "in '" + recording + "' is said what in none of the recordings is that are learned"
                            + " from, so that no recogniser of whole words knows it; give --units characters");
        }
    }

    /** Strings of texts, each voice in turn. */
    private List<Spoken> strings(Speech speech, Recordings recordings) {
        return Task.ofStrings(recordings, strings, seed)
                .saidBy(
                        (text, voice, warmth, take) ->
                                speech.say(text, speech.speaker(voice), new Speech.Manner(warmth, 1, 0), take),
                        temperature,
                        seed,
                        done -> console.status(width -> "saying strings: " + done + " of " + strings));
    }

    /** Recordings that tell the voices, none of which is one that is compared with. */
    private OneClip clips(Speech speech, Recordings recordings) {
        OneClip clips = OneClip.of(speech, recordings);
        console.note(
                clips.areStrangers()
                        ? "voices from one clip each, of speakers that the run never heard: " + clips.voices()
                        : "the run heard all speakers of the recordings; voices are theirs, from one clip each. For others, give --data"
                                + " with speakers that it never heard");
        return clips;
    }

    /** The texts of the recordings whose units the recogniser knows. */
    private static List<List<String>> known(SpeechJudge judge, Recordings recordings) {
        return recordings.texts().stream()
                .filter(text -> judge.recogniser().units().know(text))
                .toList();
    }

    private static void requireKnownVoices(List<Spoken> clips, Recordings recordings) {
        List<String> known = recordings.train().values().stream()
                .map(each -> each.voice())
                .distinct()
                .sorted()
                .toList();
        clips.stream()
                .filter(each -> !known.contains(each.utterance().voice()))
                .findFirst()
                .ifPresent(stranger -> {
                    throw new IllegalArgumentException("clip '" + stranger.name() + "' has the voice '"
                            + stranger.utterance().voice() + "'; the recordings have " + known
                            + ". Name one of them in a table with the columns file, text and voice");
                });
    }

    private void say(Recordings recordings, Hearing hearing, List<SpeechScore> scores) {
        double inversion = hearing.distortionOfInversion();
        if (json.isWanted()) {
            ObjectNode all = JsonNodeFactory.instance
                    .objectNode()
                    .put("data", recordings.name())
                    .put("recordings", hearing.recordings().size())
                    .put("inversion", inversion);
            scores.stream().map(SpeechScore::toJson).forEach(all.putArray("systems")::add);
            console.say(all);
            return;
        }
        lines(scores).forEach(console::say);
        console.note(String.format(
                Locale.ROOT,
                "inversion alone moves a recording by %.2f dB; pitches are of inverted spectra",
                inversion));
    }

    private static List<String> lines(List<SpeechScore> scores) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "",
                "clips",
                "right",
                "words",
                "tones",
                "errors",
                "voice",
                "similarity",
                "EER",
                "MCD dB",
                "LSD dB",
                "F0 Hz",
                "F0 cents",
                "length",
                "diversity dB"));
        scores.forEach(score -> rows.add(cells(score)));
        int[] shown = IntStream.range(0, rows.get(0).size())
                .filter(column ->
                        rows.stream().skip(1).anyMatch(row -> !row.get(column).isEmpty()))
                .toArray();
        Table table = new Table();
        rows.forEach(row -> table.row(Arrays.stream(shown).mapToObj(row::get).toArray(String[]::new)));
        return table.lines();
    }

    private static List<String> cells(SpeechScore score) {
        ErrorRate errors = score.errors();
        return List.of(
                score.system(),
                String.valueOf(score.clips()),
                percent(errors.accuracy()),
                percent(score.wordErrors()),
                percent(score.tones()),
                percent(errors.rate()),
                percent(score.voiceAccuracy()),
                number("%.3f", score.similarity()),
                percent(score.equalError()),
                number("%.2f", score.distortion()),
                number("%.2f", score.logSpectral()),
                number("%.1f", score.pitchHertz()),
                number("%.0f", score.pitchCents()),
                number("%.2f", score.length()),
                number("%.2f", score.diversity()));
    }

    private static String percent(double share) {
        return number("%.1f %%", 100 * share);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }
}
