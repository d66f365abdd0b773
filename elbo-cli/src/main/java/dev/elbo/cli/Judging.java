package dev.elbo.cli;

import dev.elbo.bench.speech.JudgeStore;
import dev.elbo.bench.speech.Recordings;
import dev.elbo.bench.speech.SpeechJudge;
import dev.elbo.data.DataSource;
import dev.elbo.data.Reading;
import dev.elbo.option.Options;
import dev.elbo.sound.MelAnalysis;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recorded speech, and the judge that learned from it. */
final class Judging {
    /** Words of the longest text that is learned from: more than are said in a recording. */
    private static final int LONGEST = 1000;

    private static final long SEED = 1;

    private final Console console;

    @Option(
            names = "--units",
            paramLabel = "UNITS",
            description =
                    "What the recogniser writes: words, characters, spaces, for what is parted by these, or another of tokens'"
                            + " values. Default: ${DEFAULT-VALUE}.")
    private String units = "words";

    @Mixin
    private final DataFiles files;

    Judging(Console console) {
        this.console = console;
        this.files = new DataFiles(console);
    }

    /** Recorded speech by its name or path, to judge by. */
    Recordings recordings(String data) throws IOException {
        DataSource source = files.open(data, reading());
        source.notes().forEach(note -> console.note("data: " + note));
        return Recordings.of(source);
    }

    /** Clips in a folder, analysed as what they are compared with. */
    DataSource clips(String folder, MelAnalysis analysis) throws IOException {
        Map<String, String> sound =
                Map.of("sampleRate", String.valueOf(analysis.rateHz()), "bands", String.valueOf(analysis.bands()));
        DataSource source = files.open(folder, Options.of(reading()).with(sound));
        source.notes().forEach(note -> console.note("clips: " + note));
        return source;
    }

    private Reading reading() {
        Reading reading = Options.of(Reading.standard()).with(Map.of("tokens", units));
        return reading.texts(LONGEST, Integer.MAX_VALUE, 1);
    }

    /** Its judge, in the current scope: one that is kept, or a new one, which then is. */
    SpeechJudge judge(Recordings recordings) throws IOException {
        JudgeStore store = JudgeStore.of(System.getenv());
        Optional<SpeechJudge> known = store.find(recordings);
        if (known.isPresent()) {
            return known.get();
        }
        console.note(String.format(
                Locale.ROOT,
                "there is no judge that learned from these %,d recordings of %s yet: one is trained, once",
                recordings.train().size(),
                recordings.name()));
        SpeechJudge judge = SpeechJudge.train(
                recordings,
                SpeechJudge.Effort.of(recordings),
                SEED,
                (what, done, heldOut) -> console.status(width -> String.format(
                        Locale.ROOT,
                        "training the %s: %.0f %%, %.3f nats on clips kept apart",
                        what,
                        100 * done,
                        heldOut)));
        store.keep(judge, recordings);
        console.note("the judge is kept in " + store.folder(recordings));
        return judge;
    }
}
