package dev.elbo.cli;

import dev.elbo.run.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds a voice to a finished model of speech. */
@Command(
        name = "adapt",
        description = {
            "Teach a finished run of tts-vae one more voice, from recordings of it: a minute is enough to begin with. The run stays as it is.",
            "A new run is made, which goes on from its weights and says what it says in the new voice. Other voices may change in it: use the"
                    + " first run for these.",
            "The clips are a folder of sound files with what is said in them: NAME.txt beside NAME.wav, or a table with the columns file and"
                    + " text. They may say what the run has phones for."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} adapt last --clips recordings --name me",
            "  ${ROOT-COMMAND-NAME} say last 'two seven' --voice me"
        })
final class AdaptCommand implements Callable<Integer> {
    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Option(
            names = "--clips",
            required = true,
            paramLabel = "DIR",
            description = "Recordings of the voice, with what is said in them.")
    private Path clips = Path.of("");

    @Option(names = "--name", required = true, paramLabel = "VOICE", description = "What the voice is to be called.")
    private String name = "";

    @Mixin
    private final Training training;

    @Option(names = "--epochs", paramLabel = "N", description = "How often the recordings are heard. Default: 60.")
    private @Nullable String epochs;

    @Mixin
    private final GivenSettings given = new GivenSettings();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The new run's directory. Default: a new one in $$ELBO_RUNS or else ./runs.")
    private @Nullable Path out;

    AdaptCommand(Console console) {
        this.training = new Training(console);
    }

    @Override
    public Integer call() throws IOException {
        String recordings = clips.toAbsolutePath().normalize().toString();
        return training.begin(RunConfig.adapting(chosen.open(), recordings, name, settings()), out);
    }

    private Map<String, String> settings() {
        Map<String, String> all = given.map();
        Setting.put("epochs", epochs, all);
        return all;
    }
}
