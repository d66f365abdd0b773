package dev.elbo.cli;

import dev.elbo.data.Reading;
import dev.elbo.option.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the user's own files are to be read, from the command line. */
final class GivenReading {
    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "Crop and resize the images of a folder to N × N pixels; 64x48 gives width and height.")
    private @Nullable String imageSize;

    @Option(
            names = "--ground",
            paramLabel = "COLOUR",
            description = "What transparent pictures are laid on: white, black or a colour as #ff8000. Default: white.")
    private @Nullable String ground;

    @Option(names = "--skip-broken", description = "Leave out pictures that cannot be read.")
    private boolean skipBroken;

    /** As settings of a run, by name. */
    Map<String, String> map() {
        Map<String, String> all = new LinkedHashMap<>();
        Setting.put("imageSize", imageSize, all);
        Setting.put("ground", ground, all);
        Setting.put("skipBroken", skipBroken ? "true" : null, all);
        return all;
    }

    /**
     * The usual reading with what was given.
     *
     * @throws IllegalArgumentException if a value cannot be read
     */
    Reading reading() {
        return Options.of(Reading.standard()).with(map());
    }
}
