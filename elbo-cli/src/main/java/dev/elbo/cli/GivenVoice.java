package dev.elbo.cli;

import dev.elbo.generate.Speech;
import dev.elbo.option.NearestName;
import dev.elbo.sound.SoundFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is to speak: one of a model's voices by its name, or somebody by a recording. */
final class GivenVoice {
    @Option(
            names = "--voice",
            paramLabel = "NAME|FILE",
            description =
                    "Who says it: one of the voices that 'voices' lists, or, of a run with voices=reference, a recording of"
                            + " somebody; a name comes before a file of that name. Default: the first voice.")
    private @Nullable String voice;

    /**
     * The speaker, as a model speaks.
     *
     * @throws IllegalArgumentException if the model has no such voice, and there is no such recording
     */
    Speech.Speaker of(Speech speech) throws IOException {
        if (voice == null) {
            return speech.speaker(speech.voices().stream().findFirst().orElse(""));
        }
        if (speech.voices().contains(voice)) {
            return speech.speaker(voice);
        }
        Path file = Path.of(voice);
        if (Files.isRegularFile(file)) {
            return speech.heard(voice, SoundFile.read(file));
        }
        if (speech.voices().isEmpty()) {
            throw new IllegalArgumentException("the model has one voice, without a name; leave out --voice");
        }
        String unknown = NearestName.message("voice", voice, speech.voices());
        throw new IllegalArgumentException(
                speech.takesClips() ? unknown + ". There is no recording '" + voice + "' either" : unknown);
    }
}
