package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.generate.VoiceConversion;
import dev.elbo.sound.SoundFile;
import dev.elbo.sound.Wave;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exchanges the voice of a recording. */
@Command(
        name = "convert",
        description = {
            "Let another voice say what is said in a recording, by a run of recipe voice-vae. Nobody needs to know what it is.",
            "The recording may be of somebody whom the run never heard. It is brought to the rate and the loudness of the recordings that"
                    + " the run learned from."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} train voice-vae --data fsdd",
            "  ${ROOT-COMMAND-NAME} convert last two.wav --to theo --out theo.wav",
            "  ${ROOT-COMMAND-NAME} convert last two.wav --to theo --vocoder runs/vocoder-1",
            "",
            "--json prints {\"file\": FILE, \"voice\": NAME, \"rateHz\": HZ, \"seconds\": S}."
        })
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Parameters(index = "1", paramLabel = "FILE", description = "The recording: WAV, FLAC, OGG or MP3.")
    private Path in = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "VOICE",
            description = "Who is to say it; 'voices' lists them.")
    private String voice = "";

    @Mixin
    private final GivenVocoder vocoder = new GivenVocoder();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write, a .wav. Default: converted.wav in the run's figures.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ConvertCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        if (out != null && !out.toString().endsWith(".wav")) {
            throw new IllegalArgumentException("--out " + out + ": the file's name must end in .wav");
        }
        Wave heard = SoundFile.read(in);
        try (Opened opened = run.openWithoutData();
                GivenVocoder.Open through = vocoder.open()) {
            VoiceConversion conversion =
                    through.of(VoiceConversion.of(opened.showing().generator()), VoiceConversion::through);
            Wave said = conversion.convert(heard, voice);
            Path file = out == null ? opened.run().place("figures/converted.wav") : out;
            try (OutputStream stream = WaveStream.file(file);
                    WaveStream written = new WaveStream(stream, file)) {
                written.write(said);
            }
            if (json) {
                console.say(JsonNodeFactory.instance
                        .objectNode()
                        .put("file", file.toString())
                        .put("voice", voice)
                        .put("rateHz", said.rateHz())
                        .put("seconds", said.seconds()));
            } else {
                console.say(String.format(Locale.ROOT, "%s: %.1f s, said by %s", file, said.seconds(), voice));
            }
        }
        return 0;
    }
}
