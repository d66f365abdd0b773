package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Pixels;
import dev.elbo.option.Decimal;
import dev.elbo.run.Invocation;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which runs there are. */
@Command(
        name = "runs",
        description = {
            "List the runs in $$ELBO_RUNS or else ./runs, the last one last.",
            "Those that --out put elsewhere are listed by their path."
        })
final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Console console;

    @Mixin
    private final Json json = new Json();

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunCatalog catalog = RunCatalog.of(System.getenv());
        List<RunSummary> runs = summaries(catalog);
        if (json.isWanted()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            ArrayNode array = all.putArray("runs");
            runs.forEach(run -> array.add(run.toJson()));
            console.say(all);
        } else if (runs.isEmpty()) {
            console.say("no runs in " + catalog.folder() + " yet; a first one: "
                    + Invocation.ofThisProcess().line("train", "vae", "--data", "mnist"));
        } else {
            table(runs, catalog).lines().forEach(console::say);
        }
        return 0;
    }

    private List<RunSummary> summaries(RunCatalog catalog) throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        for (Path path : catalog.listed()) {
            try {
                runs.add(RunSummary.of(RunDirectory.open(path)));
            } catch (IOException unreadable) {
                console.note("left out: " + unreadable.getMessage());
            }
        }
        runs.sort(Comparator.comparing(RunSummary::started));
        return runs;
    }

    private static Table table(List<RunSummary> runs, RunCatalog catalog) {
        Table table = new Table().row("RUN", "RECIPE", "DATA", "PIXELS", "STATUS", "EPOCHS", "−ELBO", "STARTED");
        for (RunSummary run : runs) {
            table.row(
                    catalog.nameOf(run.run().path()),
                    run.run().config().recipe().name(),
                    Path.of(run.run().config().data()).getFileName().toString(),
                    run.run().config().pixels().map(Pixels::toString).orElse(""),
                    run.status().state().toString(),
                    Quantity.plain(run.epochs()) + "/" + Quantity.plain(run.epochsInAll()),
                    Double.isNaN(run.negElbo()) ? "" : Decimal.of(run.negElbo(), 2),
                    MINUTE.format(run.started().atZone(ZoneId.systemDefault())));
        }
        return table;
    }
}
