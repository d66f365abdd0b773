package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSource;
import dev.elbo.model.Variable;
import dev.elbo.model.WaveVocoder;
import dev.elbo.run.Course;
import dev.elbo.run.Evaluation;
import dev.elbo.run.Invocation;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a run to its end and draws the conclusions: what all commands that train have in common. */
final class Training {
    private final Console console;
    private final Invocation elbo = Invocation.ofThisProcess();

    @Mixin
    private final Workplace workplace;

    @Mixin
    private final Evaluating evaluating;

    @Option(names = "--quiet", description = "Print nothing but the run's directory at the end.")
    private boolean quiet;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object at the end: {\"run\": PATH, \"ended\": \"finished\" or \"stopped\", \"report\": PATH, \"evaluation\": as of"
                            + " 'evaluate'}, the last two of a training that was not stopped. What else is printed goes to standard error.")
    private boolean json;

    Training(Console console) {
        this.console = console;
        this.workplace = new Workplace(console);
        this.evaluating = new Evaluating(console);
    }

    /** A run at work, with its first weights. */
    Session open(RunDirectory run, DataSource data) throws IOException {
        return workplace.open(run, data);
    }

    /** The data of a run, after what is wrong with the command has been refused. */
    DataSource data(RunConfig config) throws IOException {
        prepare();
        return workplace.data(config);
    }

    private void prepare() {
        evaluating.validate();
        if (quiet) {
            console.hush();
        }
        if (json) {
            console.sayLinesAside();
        }
    }

    /**
     * Trains a new run that begins with the model of another.
     *
     * @param out its directory; none for a new one among the runs
     * @return the command's exit code
     */
    int begin(RunConfig config, @Nullable Path out) throws IOException {
        RunCatalog runs = RunCatalog.of(System.getenv());
        DataSource source = data(config);
        Path place = out == null ? runs.place(config, LocalDateTime.now(ZoneId.systemDefault())) : out;
        RunDirectory run = new RunDirectory(place, config);
        try (Session session = open(run, source)) {
            session.rehearse();
            run.begin(session.device(), session.spec());
            runs.remember(run);
            return complete(session, RunCatalog.LAST);
        }
    }

    /**
     * A run at work that goes on, with what it had before.
     *
     * @param changedData whether it may go on with other data than it was begun with
     * @throws IllegalArgumentException if it may not
     */
    Session reopen(RunDirectory run, boolean changedData) throws IOException {
        prepare();
        Session session = workplace.reopen(run);
        try {
            if (changedData) {
                session.acceptChangesOfData();
                session.changesOfData().forEach(change -> console.note("goes on with other data: " + change));
            }
            session.requireSameData();
            return session;
        } catch (IOException | RuntimeException refusal) {
            session.close();
            throw refusal;
        }
    }

    /** Says something that a user should know before the training begins. */
    void note(String sentence) {
        if (!quiet) {
            console.note(sentence);
        }
    }

    /**
     * Trains, evaluates, draws and reports.
     *
     * @param name what the run was called by
     * @return the command's exit code
     */
    int complete(Session session, String name) throws IOException {
        Interrupt interrupt = Interrupt.watch(console);
        Consumer<TrainingEvent> view = quiet ? event -> {} : new TrainingView(console, session);
        Course course = new Course(session, evaluating.samples());
        Reason reason = session.train(view, interrupt::isWished);
        String resume = elbo.line("resume", name(session.run(), name));
        interrupt.endAtOnce(
                "ended before the model was evaluated and its report drawn; it is trained and kept; go on with: "
                        + resume);
        if (interrupt.isWished() || reason == Reason.STOPPED) {
            console.note((interrupt.isWished() ? "" : "stopped by 'elbo stop'; ") + "a checkpoint is kept; go on with: "
                    + resume);
            if (json) {
                console.say(ended(session.run(), "stopped"));
            }
            return interrupt.exitCode();
        }
        Course.Conclusion conclusion = course.conclude(quiet ? this::sayNotShown : new Progress());
        if (json) {
            ObjectNode end = ended(session.run(), "finished")
                    .put("report", conclusion.report().toString());
            end.set("evaluation", conclusion.evaluation().toJson());
            console.say(end);
        } else if (quiet) {
            console.say(session.run().path().toString());
        } else {
            closing(
                            session.run(),
                            name(session.run(), name),
                            conclusion.report(),
                            hasDimensions(session),
                            session.model() instanceof WaveVocoder)
                    .forEach(console::say);
        }
        return 0;
    }

    private static ObjectNode ended(RunDirectory run, String how) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", run.path().toString())
                .put("ended", how);
    }

    /** An exhibit that is left out is told even where nothing else is. */
    private void sayNotShown(String exhibit, String reason) {
        console.note(exhibit + " could not be made, and is left out: " + reason);
    }

    /** Shows how far the course is. */
    private final class Progress implements Course.Watcher {
        @Override
        public void notShown(String exhibit, String reason) {
            sayNotShown(exhibit, reason);
        }

        @Override
        public void evaluating(double fraction) {
            evaluating.show(fraction);
        }

        @Override
        public void evaluated(Evaluation evaluation) {
            console.say("");
            new EvaluationView(evaluation).lines().forEach(console::say);
        }

        @Override
        public void showing(String exhibit) {
            console.status(width -> "drawing " + exhibit);
        }
    }

    /** Codes and classes have no dimensions to be moved. */
    private static boolean hasDimensions(Session session) {
        return session.model().signature().latents().stream().anyMatch(latent -> latent.kind() == Variable.Kind.VECTOR);
    }

    private List<String> closing(RunDirectory run, String name, Path report, boolean hasDimensions, boolean isVocoder) {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add(console.bright("run      ") + " " + run.path());
        lines.add(console.bright("figures  ") + " " + run.figures());
        lines.add(console.bright("report   ") + " " + report);
        lines.add("");
        lines.add("Next:");
        lines.add("  "
                + (isVocoder
                        ? elbo.line("say", "model:digits", "four two", "--vocoder", name)
                        : elbo.line("sample", name, "--count", "64")));
        if (hasDimensions) {
            lines.add("  " + elbo.line("traverse", name));
        }
        lines.add("  " + elbo.line("evaluate", name, "--samples", "1000"));
        return lines;
    }

    /** The name of a run for further commands: another may have become the last one meanwhile. */
    private static String name(RunDirectory run, String called) throws IOException {
        return called.equals(RunCatalog.LAST) ? RunCatalog.of(System.getenv()).shortNameOf(run.path()) : called;
    }
}
