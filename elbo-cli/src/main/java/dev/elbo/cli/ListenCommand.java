package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.speech.Recordings;
import dev.elbo.bench.speech.SpeakerNetwork;
import dev.elbo.bench.speech.SpeechJudge;
import dev.elbo.bench.speech.Spoken;
import dev.elbo.bench.speech.Transcript;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import dev.elbo.sound.SoundFile;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes down what is said in sound files, and by whom. */
@Command(
        name = "listen",
        description = {
            "Write down what is said in sound files, and who says it, as judges hear it that learned from recordings.",
            "They know the words and voices of these recordings alone, and hear one of them in everything."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} listen recordings some.wav other.flac",
            "  ${ROOT-COMMAND-NAME} listen last spoken.wav",
            "",
            "--json prints {\"data\": NAME, \"files\": [{\"file\": FILE, \"text\": TEXT, \"units\": [UNIT, …], \"probability\": P,"
                    + " \"voices\": {NAME: P, …}}, …]}; without voices where the recordings have one."
        })
final class ListenCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "DATA",
            description = "Recordings by their name or path, or a run that learned from some.")
    private String data = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "WAV, FLAC, OGG or MP3.")
    private List<Path> sounds = new ArrayList<>();

    @Mixin
    private final Judging judging;

    @Mixin
    private final Json json = new Json();

    ListenCommand(Console console) {
        this.console = console;
        this.judging = new Judging(console);
    }

    @Override
    public Integer call() throws IOException {
        for (Path sound : sounds) {
            SoundFile.read(sound); // what is wrong is said before minutes are spent
        }
        Recordings recordings = judging.recordings(dataOf(data));
        try (Scope scope = Scope.open("listen")) {
            SpeechJudge judge = judging.judge(recordings);
            List<HostArray> frames = new ArrayList<>();
            for (Path sound : sounds) {
                Spoken heard = Spoken.of(sound.toString(), List.of(), "", SoundFile.read(sound), recordings.analysis());
                frames.add(heard.utterance().frames());
            }
            say(recordings, judge, frames);
        }
        return 0;
    }

    /** The data of a run of this name, or data of this name. */
    private static String dataOf(String name) throws IOException {
        boolean isRun = name.equals(RunCatalog.LAST) || name.startsWith("model:");
        Path folder = RunCatalog.of(System.getenv()).folder().resolve(name);
        if (!isRun && !RunDirectory.isRun(Path.of(name)) && !RunDirectory.isRun(folder)) {
            return name;
        }
        return RunCatalog.of(System.getenv()).open(name).config().data();
    }

    private void say(Recordings recordings, SpeechJudge judge, List<HostArray> frames) {
        List<Transcript> transcripts = judge.recogniser().transcribe(frames);
        List<double[]> voices = judge.speakers()
                .map(network -> network.probabilities(network.vectors(frames)))
                .orElse(List.of());
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("data", recordings.name());
        ArrayNode files = all.putArray("files");
        Table table = new Table();
        for (int i = 0; i < frames.size(); i++) {
            Transcript heard = transcripts.get(i);
            String text = recordings.text(heard.units());
            ObjectNode file =
                    files.addObject().put("file", sounds.get(i).toString()).put("text", text);
            heard.units().forEach(file.putArray("units")::add);
            file.put("probability", heard.probability());
            String who = "";
            if (!voices.isEmpty()) {
                who = who(judge.speakers().orElseThrow(), voices.get(i), file.putObject("voices"));
            }
            table.row(sounds.get(i).toString(), "'" + text + "'", percent(heard.probability()), who);
        }
        if (json.isWanted()) {
            console.say(all);
        } else {
            table.lines().forEach(console::say);
        }
    }

    /** The most probable voice and how probable it is, as text; all of them, as JSON. */
    private static String who(SpeakerNetwork network, double[] probabilities, ObjectNode all) {
        int best = 0;
        for (int voice = 0; voice < probabilities.length; voice++) {
            all.put(network.voices().get(voice), probabilities[voice]);
            best = probabilities[voice] > probabilities[best] ? voice : best;
        }
        return network.voices().get(best) + "  " + percent(probabilities[best]);
    }

    private static String percent(double probability) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * probability);
    }
}
