package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataSpec;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.exhibit.Showing;
import dev.elbo.generate.Generator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model of a run with its best weights, without the run's data: to be asked for samples, codes of given inputs and what
 * given latents become. Close it to free it.
 *
 * <pre>{@code
 * try (TrainedModel trained = TrainedModel.open(RunDirectory.open(path), Device.CPU)) {
 *     Map<String, Shown> made = trained.generator().samples(16, Map.of(), 1, 7);
 * }
 * }</pre>
 */
public final class TrainedModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunDirectory run;
    private final DataSpec spec;
    private final Device device;
    private final Scope scope;
    private final LatentVariableModel model;
    private final long step;

    private TrainedModel(RunDirectory run, DataSpec spec, Device device) throws IOException {
        this.run = run;
        this.spec = spec;
        this.device = device;
        Path best = best(run);
        this.scope = Scope.open("model of run " + run.path().getFileName());
        try {
            this.model = run.config()
                    .compose(spec, new Initializer(Rng.seeded(0, device), device))
                    .model();
            this.step = load(best, model);
        } catch (IOException | RuntimeException refusal) {
            scope.close();
            throw refusal;
        }
        scope.cap();
    }

    /**
     * Opens a run's best model.
     *
     * @throws InvalidFileException if the run has no undamaged checkpoint, or does not say what its data hold
     */
    public static TrainedModel open(RunDirectory run, Device device) throws IOException {
        DataSpec spec = run.spec()
                .orElseThrow(() -> new InvalidFileException(
                        run.path(),
                        "does not say what its data hold: an earlier version of Elbo began it",
                        "Use it with its data"));
        return new TrainedModel(run, spec, device);
    }

    /**
     * The best undamaged checkpoint of a run.
     *
     * @throws InvalidFileException if there is none
     */
    static Path best(RunDirectory run) throws IOException {
        if (run.checkpoints().complete().isEmpty()) {
            throw run.isShipped()
                    ? incomplete(run)
                    : new InvalidFileException(
                            run.path(), "has no checkpoint yet", "Resume it, and let it train for an epoch");
        }
        return run.checkpoints().best().orElseThrow(() -> allDamaged(run));
    }

    static InvalidFileException allDamaged(RunDirectory run) {
        return run.isShipped()
                ? incomplete(run)
                : new InvalidFileException(
                        run.path(), "has damaged checkpoints only: they differ from their manifests", "Train it again");
    }

    private static InvalidFileException incomplete(RunDirectory run) {
        return new InvalidFileException(
                run.path(),
                "is a shipped model whose files are damaged or not all there",
                "Put them back as they were, as with 'git checkout -- " + run.path() + "'");
    }

    /** Puts a checkpoint's weights into a model, and says after which step it was taken. */
    static long load(Path best, LatentVariableModel model) throws IOException {
        Checkpoint checkpoint = CheckpointStore.load(best);
        try {
            Weights.load(model, checkpoint.model());
        } catch (IllegalArgumentException misfit) {
            String problem = "does not fit the model of the run's config.json: " + misfit.getMessage();
            throw new InvalidFileException(best.toString(), problem, "Undo what was changed there", misfit);
        }
        return checkpoint.step();
    }

    /** The model. */
    public LatentVariableModel model() {
        return model;
    }

    /** What its fields are. */
    public DataSpec spec() {
        return spec;
    }

    /** Its run. */
    public RunDirectory run() {
        return run;
    }

    /** The step after which its weights were kept. */
    public long step() {
        return step;
    }

    /** What makes pictures, text and sound with it. */
    public Generator generator() {
        return new Generator(model, spec, device);
    }

    /** What exhibits are made of, without examples of the data. */
    public Showing showing() {
        return new Showing(generator(), Optional.empty(), this::rates, treatment(pixels(run, spec)));
    }

    private List<LatentEstimate> rates() {
        return keptRates(run);
    }

    /** The rates of the latents by the run's last evaluation; none if there is no readable one. */
    static List<LatentEstimate> keptRates(RunDirectory run) {
        try {
            JsonNode evaluation = Files.exists(run.evaluation())
                    ? JSON.readTree(run.evaluation().toFile())
                    : JSON.missingNode();
            return Evaluation.latents(evaluation);
        } catch (IOException damaged) { // the next evaluation replaces it
            return List.of();
        }
    }

    /** How the examples of a run are treated, as captions say it. */
    static String treatment(Optional<Pixels> pixels) {
        return pixels.map(chosen -> "pixels " + chosen).orElse("");
    }

    /** How pixels are treated; empty where the data have none: recipes of rows may be recipes of images too. */
    static Optional<Pixels> pixels(RunDirectory run, DataSpec spec) {
        return run.config().pixels().filter(chosen -> spec.hasImages());
    }

    /** Frees the model. */
    @Override
    public void close() {
        scope.close();
    }
}
