package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.ShippedModels;
import dev.elbo.studio.Studio;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the studio in a browser. */
@Command(
        name = "studio",
        description = {
            "Open the studio: runs, trainings, latent spaces, text, speech and the handbook in a browser.",
            "It listens on this machine alone unless --host says otherwise, and lets in who has the link that it prints. Ctrl-C ends it;",
            "trainings that it started go on."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} studio",
            "  ${ROOT-COMMAND-NAME} studio last --port 0 --no-browser",
            "",
            "--json prints {\"link\": URL} once it listens."
        })
final class StudioCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run to show first: its name in $$ELBO_RUNS or else ./runs, 'last', or 'model:NAME'.")
    private @Nullable String run;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = 8420;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The IPv4 address to listen on; 0.0.0.0 for all. Another than 127.0.0.1 lets others in who have the link."
                            + " Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--no-browser", description = "Only print the link.")
    private boolean quiet;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What the link must know, of 16 letters or more. Default: a new one each time.")
    private @Nullable String token;

    @Mixin
    private final Json json = new Json();

    StudioCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunCatalog runs = RunCatalog.of(System.getenv());
        String first = run == null ? "" : "#/run/" + name(run, runs);
        Studio.Settings settings = new Studio.Settings(
                host, port, token == null ? Studio.newToken() : token, runs, trainer(), root(runs), System.getenv());
        CountDownLatch ended = new CountDownLatch(1);
        try (Studio studio = Studio.open(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(studio::close, "end of the studio"));
            say(studio.link() + first);
            ended.await();
        }
        return 0;
    }

    /** The name of a run in the studio. */
    private static String name(String run, RunCatalog runs) throws IOException {
        String name = runs.nameOf(runs.open(run).path());
        if (ShippedModels.isName(run)) {
            return run;
        }
        if (name.contains("/")) {
            throw new IllegalArgumentException("the studio shows the runs in " + runs.folder() + ", and " + name
                    + " lies elsewhere; name its folder by ELBO_RUNS");
        }
        return name;
    }

    private void say(String link) {
        if (json.isWanted()) {
            console.say(JsonNodeFactory.instance.objectNode().put("link", link));
            return;
        }
        console.say("The studio is open: " + console.bright(link));
        console.say("Ctrl-C ends it; trainings go on.");
        if (!quiet && !Browser.show(link)) {
            console.note("no browser could be started; open the link by hand");
        }
    }

    /** Elbo's own folder, by its models or else where this is typed: there the handbook lies. */
    private static Path root(RunCatalog runs) {
        Path models = runs.models().folder().toAbsolutePath().normalize();
        return models.resolveSibling("docs").toFile().isDirectory() ? models.resolveSibling("") : Path.of("");
    }

    /** The words that start this command line again, in a process of its own. */
    private static List<String> trainer() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument ->
                        !argument.startsWith("-agentlib") && !argument.startsWith("-XX:ArchiveClassesAtExit"))
                .forEach(words::add);
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(Main.class.getName());
        return words;
    }
}
