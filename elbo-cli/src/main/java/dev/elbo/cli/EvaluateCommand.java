package dev.elbo.cli;

import dev.elbo.evaluate.TotalCorrelationEstimate;
import dev.elbo.run.Evaluation;
import dev.elbo.run.Session;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how good a run's model is. */
@Command(
        name = "evaluate",
        description = {
            "Measure a run's best weights on a split, in nats.",
            "What is measured on the split that is used if nothing is said goes into the run's report."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Mixin
    private final ChosenSplit split = new ChosenSplit();

    @Mixin
    private final Evaluating evaluating;

    @Option(
            names = "--total-correlation",
            description = "Measure how far the latents are from independent, too; slow on many examples.")
    private boolean dependence;

    @Mixin
    private final Json json = new Json();

    EvaluateCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
        this.evaluating = new Evaluating(console);
    }

    @Override
    public Integer call() throws IOException {
        try (Session session = run.load()) {
            Evaluation evaluation = evaluating.of(session, split.of(session), asked());
            if (json.isWanted()) {
                console.say(evaluation.toJson());
            } else {
                new EvaluationView(evaluation).lines().forEach(console::say);
            }
            keep(evaluation, session);
        }
        return 0;
    }

    private Set<String> asked() {
        return dependence ? Set.of(TotalCorrelationEstimate.DEPENDENCE) : Set.of();
    }

    /** Figures of other data are no figures of the run. */
    private void keep(Evaluation evaluation, Session session) throws IOException {
        List<String> changes = session.changesOfData();
        if (session.run().isShipped()) {
            console.note("these figures are not kept: a shipped model stays as it is");
        } else if (!changes.isEmpty()) {
            console.note("these figures are not kept, since the data are not the run's: " + String.join("; ", changes));
        } else if (evaluation.split().equals(session.heldOut())) {
            session.keep(evaluation);
            session.run().writeReport();
        }
    }
}
