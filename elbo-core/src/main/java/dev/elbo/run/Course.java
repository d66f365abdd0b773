package dev.elbo.run;

import dev.elbo.data.InvalidFileException;
import dev.elbo.exhibit.Exhibit;
import dev.elbo.exhibit.Exhibits;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.Showing;
import dev.elbo.figure.Curves;
import dev.elbo.figure.KlBars;
import dev.elbo.figure.Metrics;
import dev.elbo.train.EventFile;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * A run from its first step to its report: train, evaluate, show, report. Each part can be had by itself.
 *
 * @param session the run at work
 * @param samples K of the importance-sampled likelihood
 */
public record Course(Session session, int samples) {
    /** Told how far a course is, beside the events of its training. */
    public interface Watcher {
        /** Evaluation has come so far. */
        default void evaluating(double fraction) {}

        /** The model has been evaluated, and the figures are kept. */
        default void evaluated(Evaluation evaluation) {}

        /** An exhibit is being made. */
        default void showing(String exhibit) {}

        /** An exhibit could not be made; the course goes on without it. */
        void notShown(String exhibit, String reason);
    }

    /**
     * What a course that was not stopped has made.
     *
     * @param report the report's file
     */
    public record Conclusion(Evaluation evaluation, Path report) {}

    /**
     * Trains, or goes on, and concludes unless it was stopped.
     *
     * @param listener told what happens in training
     * @param stop asked after every step whether to end with a checkpoint
     * @return empty if it was stopped
     */
    public Optional<Conclusion> run(Consumer<TrainingEvent> listener, BooleanSupplier stop, Watcher watcher)
            throws IOException {
        return session.train(listener, stop) == TrainingEvent.Reason.STOPPED
                ? Optional.empty()
                : Optional.of(conclude(watcher));
    }

    /**
     * Evaluates the best model on what was held out, shows it, and writes the report.
     *
     * @throws InvalidFileException if the run was deleted meanwhile; nothing of it is left then
     */
    public Conclusion conclude(Watcher watcher) throws IOException {
        try {
            Conclusion conclusion = concluded(watcher);
            session.run().requireThere();
            return conclusion;
        } catch (IOException failure) {
            session.run().requireThere(); // what is missing then is no fault of the disk
            throw failure;
        }
    }

    private Conclusion concluded(Watcher watcher) throws IOException {
        session.loadBest();
        DoubleConsumer progress = watcher::evaluating;
        Evaluation evaluation = session.evaluate(session.heldOut(), samples, progress);
        watcher.evaluated(evaluation); // before anything that a full disk may refuse
        session.keep(evaluation);
        show(evaluation, watcher);
        return new Conclusion(evaluation, session.run().writeReport());
    }

    /**
     * Makes all exhibits that apply to the model, in the run's figures. One that fails is left out, and told of: what a run
     * shows at its end never fails the run.
     *
     * @return the files
     */
    public List<Path> show(Evaluation evaluation, Watcher watcher) throws IOException {
        Path figures = session.run().figures();
        Files.createDirectories(figures);
        Showing showing = session.showing(() -> evaluation.bound().latents());
        List<Path> written = new ArrayList<>();
        for (Exhibit exhibit : Exhibits.of(showing, session.run().config().seed())) {
            watcher.showing(exhibit.name());
            session.run().requireThere();
            made(exhibit, showing, watcher)
                    .ifPresent(piece -> written.add(figures.resolve(exhibit.name() + piece.ending())));
        }
        written.addAll(statistics(evaluation, figures));
        copyToTensorBoard(evaluation, written);
        return written;
    }

    /** The evaluation and the pictures, as TensorBoard shows them, under {@code evaluation/} and {@code figures/}. */
    private void copyToTensorBoard(Evaluation evaluation, List<Path> written) throws IOException {
        double now = System.currentTimeMillis() / 1e3;
        try (EventFile events = EventFile.create(session.run().path(), now)) {
            for (Map.Entry<String, Double> figure : figures(evaluation).entrySet()) {
                events.scalar("evaluation/" + figure.getKey(), evaluation.step(), now, figure.getValue());
            }
            for (Path file : written) {
                String name = file.getFileName().toString();
                if (name.endsWith(".png")) {
                    String tag = "figures/" + name.replace(".png", "");
                    events.image(tag, evaluation.step(), now, Files.readAllBytes(file));
                }
            }
        }
    }

    /** What there is of both bounds, or the distortion of a model that has none. */
    private static Map<String, Double> figures(Evaluation evaluation) {
        Map<String, Double> figures = new LinkedHashMap<>();
        evaluation.likelihood().ifPresent(estimate -> figures.put("nll", estimate.nll()));
        figures.put(
                evaluation.bound().isBound() ? "negElbo" : "distortion",
                evaluation.bound().score());
        return figures;
    }

    private Optional<Piece> made(Exhibit exhibit, Showing showing, Watcher watcher) throws IOException {
        try {
            Piece piece = exhibit.of(showing);
            piece.write(session.run().figures().resolve(exhibit.name() + piece.ending()));
            return Optional.of(piece);
        } catch (IllegalArgumentException | IllegalStateException refusal) {
            watcher.notShown(exhibit.name(), String.valueOf(refusal.getMessage()));
            return Optional.empty();
        }
    }

    /** The rates of dimensions, if they are known, and the course of training, if it was logged. */
    private List<Path> statistics(Evaluation evaluation, Path figures) throws IOException {
        List<Path> written = new ArrayList<>();
        List<Double> rates = evaluation.bound().ratePerDimension();
        if (!rates.isEmpty() && rates.stream().allMatch(Double::isFinite)) {
            written.add(KlBars.of(rates).write(figures.resolve("kl.png")));
        }
        Path log = session.run().metrics();
        if (Files.exists(log)) {
            Metrics metrics = Metrics.read(log);
            if (!metrics.terms().isEmpty()) {
                written.add(Curves.of(metrics).write(figures.resolve("curves.png")));
            }
        }
        return written;
    }
}
