package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.Bounds;
import dev.elbo.evaluate.Chunks;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.evaluate.Measures;
import dev.elbo.evaluate.TotalCorrelationEstimate;
import dev.elbo.exhibit.HeldOut;
import dev.elbo.exhibit.Showing;
import dev.elbo.figure.WholeFile;
import dev.elbo.generate.Generator;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.EventFile;
import dev.elbo.train.Rehearsal;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run at work: its data and its model in memory, to be trained, evaluated or made to generate. Close
 * it to free them.
 */
public final class Session implements AutoCloseable {
    private static final String VALIDATION = "validation";
    private static final int WEIGHTS = 1;
    private static final int TRAINING = 2;
    private static final int PIXELS = 3;
    private static final int EVALUATION = 4;
    private static final int HIDDEN = 5;

    /** How many examples first values may be taken from. */
    private static final long FIRST_EXAMPLES = 2000;

    /** By how many examples it is found out that a first step can be taken. */
    private static final long REHEARSED = 8;

    private static final String ALL = "all";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunDirectory run;
    private final DataSource data;
    private final Device device;
    private final DataSpec spec;
    private final Scope scope;
    private final Composition composition;
    private @Nullable DataFingerprint fingerprint;
    private boolean changesAccepted;
    private long step;

    /**
     * Builds the model of a run with its first weights.
     *
     * @throws IllegalArgumentException if the data do not fit the recipe, or are not those that the run was begun with
     * @throws IOException if the run's configuration cannot be read
     */
    public Session(RunDirectory run, DataSource data, Device device) throws IOException {
        this.run = run;
        this.device = device;
        Optional<Sequel> sequel = run.config().sequel();
        this.data = sequel.isPresent() ? sequel.get().data(data, kept()) : data;
        this.spec = counted(begun().orElse(this.data.spec())).fitted(fitting());
        this.scope = Scope.open("run " + run.path().getFileName());
        try {
            this.composition = compose();
        } catch (IOException | RuntimeException refusal) {
            scope.close();
            throw refusal;
        }
        scope.cap();
    }

    /** The spec with those tables as counts that the recipe counts. */
    private DataSpec counted(DataSpec whole) throws IOException {
        DataSpec counted = whole;
        for (String field : run.config().recipe().counts(whole)) {
            for (Split split :
                    Stream.concat(Stream.of(data.train()), data.test().stream()).toList()) {
                counted = counted.counted(field, split);
            }
        }
        return counted;
    }

    /** The data's spec when the run began. A model that learned other words or classes would say something else. */
    private Optional<DataSpec> begun() throws IOException {
        Optional<DataSpec> begun = kept();
        List<String> differences =
                begun.map(spec -> spec.differences(data.spec())).orElse(List.of());
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "the data have changed since run '" + run.path().getFileName()
                            + "' was begun: " + String.join("; ", differences)
                            + ". Put them back as they were, say with --data where those are, or train a new run");
        }
        return begun;
    }

    private Optional<DataSpec> kept() throws IOException {
        return RunDirectory.isRun(run.path()) ? run.spec() : Optional.empty();
    }

    /**
     * In what the data differ from those that the run was begun with, a phrase for each split that does. Their fields, sizes
     * and classes are the same.
     */
    public List<String> changesOfData() throws IOException {
        return RunDirectory.isRun(run.path()) ? run.fingerprint().differences(fingerprint()) : List.of();
    }

    /** Taken when it is asked for first: it reads all data. */
    private DataFingerprint fingerprint() {
        DataFingerprint taken = fingerprint == null ? DataFingerprint.of(data) : fingerprint;
        fingerprint = taken;
        return taken;
    }

    /** Trains on data that are not those that the run was begun with, from now on. */
    public void acceptChangesOfData() {
        changesAccepted = true;
    }

    /**
     * Makes sure that the run goes on with the data that it was begun with.
     *
     * @throws IllegalArgumentException if they are others, and were not accepted
     */
    public void requireSameData() throws IOException {
        List<String> changes = changesOfData();
        if (!changes.isEmpty() && !changesAccepted) {
            throw new IllegalArgumentException(
                    "the data are not those that run '" + run.path().getFileName() + "' was begun with: "
                            + String.join("; ", changes)
                            + ". Put them back as they were, say with --data where those are, or go on with these by"
                            + " --changed-data");
        }
    }

    private Composition compose() throws IOException {
        Rng rng = Rng.seeded(seed(WEIGHTS), device);
        Composition whole = run.config().compose(spec, new Initializer(rng, device, this::someExamples));
        if (run.config().sequel().isPresent() && !isBegun()) {
            run.config().sequel().get().adopt(whole.model());
        }
        return whole;
    }

    private boolean isBegun() throws IOException {
        return !run.checkpoints().complete().isEmpty();
    }

    /** Some examples of a field, spread evenly over the training set, treated as the run treats them. */
    private Optional<Tensor> someExamples(String field) {
        try (Scope reading = Scope.open("first examples")) {
            return Optional.of(reading.keep(someBatch().get(field)));
        }
    }

    private Batch someBatch() {
        Examples some = examples(spread(fitting(), FIRST_EXAMPLES));
        return batch(some, 0, some.size());
    }

    /** Some rows of a split, evenly spread; all if there are no more. */
    private static Split spread(Split split, long most) {
        long count = Math.min(most, split.size());
        return split.select(
                LongStream.range(0, count).map(i -> i * split.size() / count).toArray());
    }

    /**
     * Takes each loss of the training once, on a few examples, and changes nothing: before there is a run, it is known that its first
     * step will not be refused.
     *
     * @throws IllegalArgumentException as that step would throw it
     */
    public void rehearse() {
        try (Scope scope = Scope.open("first step")) {
            Split few =
                    spread(seen(), Math.min(REHEARSED, run.config().training().batch()));
            Rehearsal.of(composition, run.config().training(), examples(few), seed(TRAINING));
        }
    }

    /** What the model may see of the examples that it is fitted to. */
    private Split seen() {
        return run.config().recipe().seen(fitting(), seed(HIDDEN));
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
     * @throws IllegalArgumentException if the data are not those that the run was begun with, and were not accepted
     * @throws InvalidFileException if there are checkpoints, but none is undamaged, or another process trains the run
     */
    public TrainingEvent.Reason train(Consumer<TrainingEvent> listener, BooleanSupplier stop) throws IOException {
        try (RunLock lock = run.lock();
                StopRequest request = new StopRequest(run.path(), System::nanoTime)) {
            return trainAlone(listener, () -> stop.getAsBoolean() || request.getAsBoolean());
        }
    }

    private TrainingEvent.Reason trainAlone(Consumer<TrainingEvent> listener, BooleanSupplier stop) throws IOException {
        requireSameData();
        Optional<Checkpoint> from = latest();
        long taken = from.map(Checkpoint::step).orElse(0L);
        double seconds = MetricsLog.seconds(run.metrics(), taken);
        run.keep(spec, fingerprint());
        try (Scope training = Scope.open("training");
                EventFile curves = EventFile.create(run.path(), System.currentTimeMillis() / 1e3)) {
            Consumer<TrainingEvent> logs = new MetricsLog(run.metrics(), taken)
                    .andThen(new EventLog(curves, run))
                    .andThen(new RunEvents(run.events(), taken))
                    .andThen(new StatusLog(run, System::nanoTime));
            Trainer trainer = new Trainer(
                    composition,
                    examples(seen()),
                    validation().map(this::examples),
                    run.config().training(),
                    seed(TRAINING),
                    Optional.of(run.checkpoints()),
                    listener.andThen(this::keepSession)
                            .andThen(logs)); // what is shown comes before what a full disk refuses
            from.ifPresent(checkpoint -> trainer.restore(checkpoint, seconds));
            return trainer.run(stop);
        }
    }

    /** What was found out by measuring, and on what it was trained, belongs to what it takes to do the run again. */
    private void keepSession(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started at && at.step() < at.steps()) {
            try {
                run.keepSession(at, Environment.now(device));
            } catch (IOException e) {
                throw new UncheckedIOException("the configuration could not be kept: " + e.getMessage(), e);
            }
        }
    }

    private Optional<Checkpoint> latest() throws IOException {
        if (run.checkpoints().complete().isEmpty()) {
            return Optional.empty();
        }
        Path latest = run.checkpoints().latest().orElseThrow(() -> TrainedModel.allDamaged(run));
        return Optional.of(CheckpointStore.load(latest));
    }

    /**
     * Loads the best checkpoint's weights.
     *
     * @throws InvalidFileException if there is no undamaged one
     */
    public Session loadBest() throws IOException {
        step = TrainedModel.load(TrainedModel.best(run), model());
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
        return evaluate(split, samples, Set.of(), progress);
    }

    /**
     * Evaluates the model on a whole split, by measures that take long too.
     *
     * @param asked the names of these measures, as {@link TotalCorrelationEstimate#DEPENDENCE}
     * @throws IllegalArgumentException if one of them cannot be measured of this model
     */
    public Evaluation evaluate(String split, int samples, Set<String> asked, DoubleConsumer progress) {
        long began = System.nanoTime();
        return with(split, examples -> {
            // first what may be refused, before minutes are spent
            Map<String, JsonNode> measures = Measures.of(model(), examples, seed(EVALUATION), asked);
            Bounds bounds = Bounds.of(model(), examples, samples, evaluationSeed(split), progress);
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Evaluation(
                    split,
                    step,
                    bounds.elbo(),
                    bounds.likelihood(),
                    measures,
                    dimensionsOfProbabilities(),
                    pixels(),
                    Collapse.of(model().signature(), bounds.elbo(), run.config())
                            .map(collapse -> List.of(collapse.sentence()))
                            .orElse(List.of()),
                    seconds);
        });
    }

    /** The dimensions of the image that the model makes, if it makes nothing else and gives images probabilities. */
    private Optional<Long> dimensionsOfProbabilities() {
        List<String> observed = model().signature().observed();
        Field made = spec().fields().get(observed.get(0));
        if (observed.size() != 1 || !(made instanceof Field.Image)) {
            return Optional.empty();
        }
        return Recipes.options(run.config().recipe()).entries().stream()
                .filter(option -> option.name().equals("likelihood"))
                .map(option -> PixelLikelihood.parse(option.value()))
                .filter(likelihood -> pixels().filter(likelihood::isProbability).isPresent())
                .map(likelihood -> made.shape().elements())
                .findFirst();
    }

    /** Of the validation set, that of its validation in training: the figures are then of the same binarised images. */
    private long evaluationSeed(String split) {
        return split.equals(VALIDATION) ? Trainer.validationSeed(seed(TRAINING)) : seed(EVALUATION);
    }

    /**
     * Keeps an evaluation in the run's directory.
     *
     * @throws InvalidFileException if it is a shipped model
     */
    public void keep(Evaluation evaluation) throws IOException {
        run.requireOwn();
        WholeFile.write(run.evaluation(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(evaluation.toJson()));
    }

    /**
     * Where the posterior puts a whole split: the code of an image is a function of it, with no chance in it.
     *
     * @param split {@code test}, {@code validation}, {@code train}, or {@code all} for those that there are, one after the other
     * @see Pixels#encoded
     */
    public Codes codes(String split) {
        return split.equals(ALL) ? Codes.joined(splits().map(this::codesOf).toList()) : codesOf(split);
    }

    /** Codes of some examples of a split, {@link #some}. */
    public Codes codes(String split, long most) {
        return codesOf(split, some(split, most));
    }

    /** Some examples of a split, evenly spread; all if there are no more. */
    public Split some(String split, long most) {
        return spread(split(split), most);
    }

    private Stream<String> splits() {
        return Stream.of("train", "validation", "test")
                .filter(name -> !name.equals("validation") || validation().isPresent())
                .filter(name -> !name.equals("test") || data.test().isPresent());
    }

    private Codes codesOf(String split) {
        return codesOf(split, split(split));
    }

    private Codes codesOf(String split, Split rows) {
        if (model().signature().latents().isEmpty()) {
            throw new IllegalArgumentException("recipe " + run.config().recipe().name()
                    + " has no latent variable, so that examples have no codes");
        }
        try (Scope work = Scope.open(split)) {
            Examples examples = examples(rows, run.config().pixels().map(Pixels::encoded));
            List<Map<String, HostArray>> parts = Chunks.of(model(), examples, seed(EVALUATION))
                    .map((batch, rng) -> generator().codes(batch));
            return Codes.of(model().signature(), parts, split, rows, spec);
        }
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

    /** What makes pictures, text and sound with the model. */
    public Generator generator() {
        return new Generator(model(), spec, device);
    }

    /**
     * What exhibits are made of.
     *
     * @param rates what each latent tells, measured if somebody asks
     */
    Showing showing(Supplier<List<LatentEstimate>> rates) {
        return new Showing(generator(), Optional.of(new HeldOutExamples()), rates, TrainedModel.treatment(pixels()));
    }

    /** What exhibits are made of; rates are those of the last evaluation, or else measured. */
    public Showing showing() {
        return showing(() -> {
            List<LatentEstimate> kept = TrainedModel.keptRates(run);
            return kept.isEmpty()
                    ? with(heldOut(), examples -> BoundEstimate.of(model(), examples, seed(EVALUATION)))
                            .latents()
                    : kept;
        });
    }

    private final class HeldOutExamples implements HeldOut {
        @Override
        public String split() {
            return Session.this.heldOut();
        }

        @Override
        public long size() {
            return Session.this.split(split()).size();
        }

        @Override
        public Batch first(int count) {
            Split some = Session.this.split(split()).slice(0, count);
            return batch(examples(some), 0, count);
        }
    }

    /** The model. */
    public LatentVariableModel model() {
        return composition.model();
    }

    /** The data that it is trained on. */
    public DataSource data() {
        return data;
    }

    /** The data's spec, with the statistics of the examples to learn from. */
    public DataSpec spec() {
        return spec;
    }

    /** How pixels are treated; empty where the data have none. */
    public Optional<Pixels> pixels() {
        return TrainedModel.pixels(run, spec);
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
        String untested = validation().isEmpty() ? "train" : VALIDATION;
        return data.test().isPresent() ? "test" : untested;
    }

    private Examples examples(Split split) {
        return examples(split, run.config().pixels());
    }

    private Examples examples(Split split, Optional<Pixels> pixels) {
        return new Examples(split, spec, pixels.orElse(Pixels.GREY), seed(PIXELS), device);
    }

    /**
     * The examples of a split: train, validation or test.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Split split(String name) {
        Optional<Split> split = switch (name) {
            case "train" -> Optional.of(fitting());
            case VALIDATION -> validation();
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

    /** The data's validation split, or else examples held out of those to learn from. */
    private Optional<Split> validation() {
        return data.validation()
                .or(() -> heldOutCount() == 0
                        ? Optional.empty()
                        : Optional.of(data.train().select(rows(true))));
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
        return data.validation().isPresent()
                ? 0
                : Math.round(data.train().size() * run.config().training().validation());
    }

    /** Frees data and model. */
    @Override
    public void close() {
        scope.close();
    }
}
