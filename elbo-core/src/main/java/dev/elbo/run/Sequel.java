package dev.elbo.run;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.train.Composition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a run learns that begins with the model of a finished run, which stays as it is. */
public sealed interface Sequel permits FittedPrior, AdaptedVoice {
    /** The finished run. */
    Path base();

    /** What the new run learns, in a sentence's end: "whose prior alone is learned". */
    String learns();

    /**
     * The model, and the stages in which it learns.
     *
     * @param whole that the recipe makes for the new run's data
     * @param config of the new run
     * @throws IllegalArgumentException if the model is none that can learn this
     */
    Composition of(Composition whole, RunConfig config, DataSpec data, Initializer initial);

    /** Gives the model what the finished run has learned. */
    void adopt(LatentVariableModel model) throws IOException;

    /**
     * The data of the new run.
     *
     * @param given as they are read
     * @param begun what the new run says of them, once it has begun
     */
    DataSource data(DataSource given, Optional<DataSpec> begun) throws IOException;

    /** What {@link #base} does not say of it, by name, as {@code config.json} has it. */
    Map<String, String> settings();
}
