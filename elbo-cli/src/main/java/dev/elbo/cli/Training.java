package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.run.Course;
import dev.elbo.run.Evaluation;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a run to its end and draws the conclusions: what all commands that train have in common. */
final class Training {
    private final Console console;

    @Mixin
    private final Workplace workplace;

    @Mixin
    private final Evaluating evaluating;

    @Option(names = "--quiet", description = "Print nothing but the run's directory at the end.")
    private boolean quiet;

    Training(Console console) {
        this.console = console;
        this.workplace = new Workplace(console);
        this.evaluating = new Evaluating(console);
    }

    /** A run at work, with its first weights. */
    Session open(RunDirectory run) throws IOException {
        evaluating.validate();
        return workplace.open(run);
    }

    /** The data of a run that is to begin. */
    DataSource data(RunConfig config) throws IOException {
        evaluating.validate();
        return workplace.data(config);
    }

    /** A new run at work. */
    Session open(RunDirectory run, DataSource data) throws IOException {
        return workplace.open(run, data);
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
     * @param name what the run may be called by in further commands
     * @return the command's exit code
     */
    int complete(Session session, String name) throws IOException {
        Interrupt interrupt = Interrupt.watch(console);
        Consumer<TrainingEvent> view = quiet ? event -> {} : new TrainingView(console, session);
        Course course = new Course(session, evaluating.samples());
        Reason reason = session.train(view, interrupt::isWished);
        interrupt.ignore();
        if (interrupt.isWished() || reason == Reason.STOPPED) {
            console.note((interrupt.isWished() ? "" : "stopped by 'elbo stop'; ") + "a checkpoint is kept; go on with: "
                    + command("resume", name));
            return interrupt.exitCode();
        }
        Course.Conclusion conclusion = course.conclude(new Progress());
        if (quiet) {
            console.say(session.run().path().toString());
        } else {
            closing(session.run(), name, conclusion.report()).forEach(console::say);
        }
        return 0;
    }

    /** Shows how far the course is. */
    private final class Progress implements Course.Watcher {
        @Override
        public void evaluating(double fraction) {
            evaluating.show(fraction);
        }

        @Override
        public void evaluated(Evaluation evaluation) {
            if (!quiet) {
                console.say("");
                new Findings(evaluation).lines().forEach(console::say);
            }
        }

        @Override
        public void showing(String exhibit) {
            console.status(width -> "drawing " + exhibit);
        }

        @Override
        public void notShown(String exhibit, String reason) {
            console.note(exhibit + " could not be made, and is left out: " + reason);
        }
    }

    private List<String> closing(RunDirectory run, String name, Path report) {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add(console.bright("run      ") + " " + run.path());
        lines.add(console.bright("figures  ") + " " + run.figures());
        lines.add(console.bright("report   ") + " " + report);
        lines.add("");
        lines.add("Next:");
        lines.add("  " + command("sample", name) + " --count 64");
        lines.add("  " + command("traverse", name));
        lines.add("  " + command("evaluate", name) + " --samples 1000");
        return lines;
    }

    private static String command(String command, String run) {
        return "./elbo " + command + " " + run;
    }
}
