package dev.elbo.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Split;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.Chunks;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.figure.WholeFile;
import dev.elbo.generate.ImageGenerator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.train.EventFile;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A run at work: its data and its model in memory, to be trained, evaluated or made to generate. Close
 * it to free them.
 */
public final class Session implements AutoCloseable {
    private static final int WEIGHTS = 1;
    private static final int TRAINING = 2;
    private static final int PIXELS = 3;
    private static final int EVALUATION = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunDirectory run;
    private final DataSource data;
    private final Device device;
    private final Scope scope;
    private final LatentVariableModel model;
    private long step;

    /**
     * Builds the model of a run with its first weights.
     *
     * @throws IllegalArgumentException if the data do not fit the recipe
     */
    public Session(RunDirectory run, DataSource data, Device device) {
        this.run = run;
        this.data = data;
        this.device = device;
        this.scope = Scope.open("run " + run.path().getFileName());
        try {
            this.model = firstModel();
        } catch (RuntimeException refusal) {
            scope.close();
            throw refusal;
        }
        scope.cap();
    }

    private LatentVariableModel firstModel() {
        Rng rng = Rng.seeded(seed(WEIGHTS), device);
        return run.config().recipe().model(data.spec(), new Initializer(rng, device));
    }

    private long seed(int purpose) {
        return Rng.seedOf(run.config().seed(), purpose);
    }

    /**
     * Trains from the beginning, or goes on from the latest checkpoint, and keeps metrics and checkpoints
     * in the run's directory. Another process may ask it to end: {@link RunDirectory#requestStop}.
     *
     * @param listener told what happens
     * @param stop asked after every step whether to end with a checkpoint
     * @throws InvalidFileException if there are checkpoints, but none is undamaged, or another process trains the run
     */
    public TrainingEvent.Reason train(Consumer<TrainingEvent> listener, BooleanSupplier stop) throws IOException {
        try (RunLock lock = run.lock();
                StopRequest request = new StopRequest(run.path(), System::nanoTime)) {
            return trainAlone(listener, () -> stop.getAsBoolean() || request.getAsBoolean());
        }
    }

    private TrainingEvent.Reason trainAlone(Consumer<TrainingEvent> listener, BooleanSupplier stop) throws IOException {
        Optional<Checkpoint> from = latest();
        long taken = from.map(Checkpoint::step).orElse(0L);
        try (Scope training = Scope.open("training");
                EventFile curves = EventFile.create(run.path(), System.currentTimeMillis() / 1e3)) {
            Consumer<TrainingEvent> logs = new MetricsLog(run.metrics(), taken)
                    .andThen(new EventLog(curves))
                    .andThen(new RunEvents(run.events(), taken))
                    .andThen(new StatusLog(run, System::nanoTime));
            Trainer trainer = new Trainer(
                    model,
                    run.config().recipe().objective(),
                    examples(fitting()),
                    validation().map(this::examples),
                    run.config().training(),
                    seed(TRAINING),
                    Optional.of(run.checkpoints()),
                    logs.andThen(this::keepChoice).andThen(listener));
            from.ifPresent(trainer::restore);
            return trainer.run(stop);
        }
    }

    /** What was found out by measuring belongs to what it takes to do the run again. */
    private void keepChoice(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started at
                && !run.config().decided(at).equals(run.config())) {
            try {
                run.reconfigure(run.config().decided(at));
            } catch (IOException e) {
                throw new UncheckedIOException("the configuration could not be kept: " + e.getMessage(), e);
            }
        }
    }

    private Optional<Checkpoint> latest() throws IOException {
        if (run.checkpoints().complete().isEmpty()) {
            return Optional.empty();
        }
        Path latest = run.checkpoints().latest().orElseThrow(this::allDamaged);
        return Optional.of(CheckpointStore.load(latest));
    }

    private InvalidFileException allDamaged() {
        return new InvalidFileException(
                run.path(), "has damaged checkpoints only: they differ from their manifests", "Train it again");
    }

    /**
     * Loads the best checkpoint's weights.
     *
     * @throws InvalidFileException if there is no undamaged one
     */
    public Session loadBest() throws IOException {
        if (run.checkpoints().complete().isEmpty()) {
            throw new InvalidFileException(
                    run.path(), "has no checkpoint yet", "Resume it, and let it train for an epoch");
        }
        Path best = run.checkpoints().best().orElseThrow(this::allDamaged);
        Checkpoint checkpoint = CheckpointStore.load(best);
        try {
            Weights.load(model, checkpoint.model());
        } catch (IllegalArgumentException misfit) {
            String problem = "does not fit the model of the run's config.json: " + misfit.getMessage();
            throw new InvalidFileException(best.toString(), problem, "Undo what was changed there", misfit);
        }
        step = checkpoint.step();
        return this;
    }

    /**
     * Evaluates the model on a whole split.
     *
     * @param split {@code test}, {@code validation} or {@code train}
     * @param samples K of the importance-sampled likelihood
     * @param progress told the fraction that is done
     */
    public Evaluation evaluate(String split, int samples, DoubleConsumer progress) {
        long began = System.nanoTime();
        return with(split, examples -> {
            BoundEstimate bound = BoundEstimate.of(model, examples, seed(EVALUATION));
            LogLikelihood likelihood = LogLikelihood.of(model, examples, samples, seed(EVALUATION), progress);
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Evaluation(split, step, bound, likelihood, examples.pixels(), seconds);
        });
    }

    /** Keeps an evaluation in the run's directory. */
    public void keep(Evaluation evaluation) throws IOException {
        WholeFile.write(run.evaluation(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(evaluation.toJson()));
    }

    /**
     * Where the posterior puts a whole split, the same images that are evaluated.
     *
     * @param split {@code test}, {@code validation} or {@code train}
     */
    public Codes codes(String split) {
        return with(split, examples -> {
            List<HostArray> means = new Chunks(examples, seed(EVALUATION))
                    .map((batch, rng) -> generator().codes(batch));
            return new Codes(HostArray.concat(means), split(split), data.spec());
        });
    }

    /** Uses a split's examples, treated as the run treats them. */
    public <T> T with(String split, Function<Examples, T> use) {
        try (Scope work = Scope.open(split)) {
            return use.apply(examples(split(split)));
        }
    }

    /** Some examples of a split, treated with a seed of the run. */
    public Batch batch(Examples examples, long from, long count) {
        return examples.range(from, count, Rng.seeded(seed(PIXELS), device));
    }

    /** The model, to be asked for images. */
    public ImageGenerator generator() {
        return new ImageGenerator(model, "image", device);
    }

    /** The model. */
    public LatentVariableModel model() {
        return model;
    }

    /** The data that it is trained on. */
    public DataSource data() {
        return data;
    }

    /** Its directory. */
    public RunDirectory run() {
        return run;
    }

    /** Where it computes. */
    public Device device() {
        return device;
    }

    /** The split to report on: the test set if there is one, else what was held out, else all there is. */
    public String heldOut() {
        String untested = heldOutCount() == 0 ? "train" : "validation";
        return data.test().isPresent() ? "test" : untested;
    }

    private Examples examples(Split split) {
        return new Examples(split, run.config().pixels(), seed(PIXELS), device);
    }

    private Split split(String name) {
        Optional<Split> split = switch (name) {
            case "train" -> Optional.of(fitting());
            case "validation" -> validation();
            case "test" -> data.test();
            default ->
                throw new IllegalArgumentException("unknown split '" + name + "'; choose test, validation or train");
        };
        return split.orElseThrow(() -> new IllegalArgumentException(
                "data '" + data.spec().name() + "' have no " + name + " split; choose another"));
    }

    private Split fitting() {
        if (heldOutCount() == data.train().size()) {
            throw new IllegalArgumentException(
                    "validation=" + run.config().training().validation() + " holds out all " + heldOutCount()
                            + " examples of data '" + data.spec().name() + "'; set it lower");
        }
        return heldOutCount() == 0 ? data.train() : data.train().select(rows(false));
    }

    private Optional<Split> validation() {
        return heldOutCount() == 0 ? Optional.empty() : Optional.of(data.train().select(rows(true)));
    }

    /** Held-out rows are spread evenly, so that data sorted by class leave out some of each. */
    private long[] rows(boolean heldOut) {
        long size = data.train().size();
        long count = heldOutCount();
        return LongStream.range(0, size)
                .filter(i -> ((i + 1) * count / size > i * count / size) == heldOut)
                .toArray();
    }

    private long heldOutCount() {
        return Math.round(data.train().size() * run.config().training().validation());
    }

    /** Frees data and model. */
    @Override
    public void close() {
        scope.close();
    }
}
