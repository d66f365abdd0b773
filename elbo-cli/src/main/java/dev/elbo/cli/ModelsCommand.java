package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.run.Invocation;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.ShippedModel;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says which models come trained, and what can be done with one. */
@Command(
        name = "models",
        description = {
            "List the trained models in $$ELBO_MODELS, or all of one with commands to try.",
            "'model:NAME' names one wherever a command takes a run. It is to be used and stays as it is: what is made of it goes into"
                    + " this directory."
        },
        synopsisSubcommandLabel = "[pack]",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} models",
            "  ${ROOT-COMMAND-NAME} models poems",
            "",
            "--json prints {\"models\": [{\"name\", \"about\", \"data\", \"licence\", \"attribution\", \"figures\", \"command\", \"bytes\","
                    + " \"recipe\", \"path\"}, …]}, or the object of the one that is named, with \"try\": [COMMAND, …]."
        })
final class ModelsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A model, as they are listed.")
    private @Nullable String name;

    @Mixin
    private final Json json = new Json();

    private ModelsCommand(Console console) {
        this.console = console;
    }

    /** With its task. */
    static CommandLine line(Console console) {
        return new CommandLine(new ModelsCommand(console)).addSubcommand(new ModelsPackCommand(console));
    }

    @Override
    public Integer call() throws IOException {
        ShippedModels models = ShippedModels.of(System.getenv());
        if (name == null) {
            sayAll(models);
        } else {
            say(models.model(name), models.open(name));
        }
        return 0;
    }

    private void sayAll(ShippedModels models) throws IOException {
        List<ShippedModel> readable = readable(models);
        if (json.isWanted()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (ShippedModel model : readable) {
                array.add(toJson(model, models.open(model.name())));
            }
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("models", array);
            console.say(all);
        } else if (readable.isEmpty()) {
            console.say("no models in the folder " + models.folder() + "; " + ShippedModels.VARIABLE
                    + " says in which folder models lie, and one is made of a run by: "
                    + Invocation.ofThisProcess().line("models", "pack", "--help"));
        } else {
            table(readable).lines().forEach(console::say);
            console.say("");
            console.say("More of one, and commands to try: "
                    + Invocation.ofThisProcess().line("models", readable.get(0).name()));
        }
    }

    private List<ShippedModel> readable(ShippedModels models) throws IOException {
        List<ShippedModel> readable = new ArrayList<>();
        for (String each : models.names()) {
            try {
                readable.add(models.model(each));
                models.open(each);
            } catch (IOException unreadable) {
                readable.removeIf(model -> model.name().equals(each));
                console.note("left out: " + unreadable.getMessage());
            }
        }
        return readable;
    }

    private static Table table(List<ShippedModel> models) {
        Table table = new Table().row("MODEL", "WHAT", "DATA", "LICENCE", "SIZE", "FIGURES");
        models.forEach(model -> table.row(
                ShippedModels.PREFIX + model.name(),
                model.about(),
                model.data(),
                model.licence(),
                megabytes(model),
                model.figures()));
        return table;
    }

    private static String megabytes(ShippedModel model) {
        return String.format(Locale.ROOT, "%.1f MB", model.bytes() / 1e6);
    }

    private static ObjectNode toJson(ShippedModel model, RunDirectory run) {
        return model.toJson()
                .put("recipe", run.config().recipe().name())
                .put("path", run.path().toAbsolutePath().normalize().toString());
    }

    private void say(ShippedModel model, RunDirectory run) throws IOException {
        List<String> commands = new FirstCommands(model, run).all();
        if (json.isWanted()) {
            ObjectNode node = toJson(model, run);
            commands.forEach(node.putArray("try")::add);
            console.say(node);
            return;
        }
        console.say(console.bright(ShippedModels.PREFIX + model.name()) + ": " + model.about());
        console.say("");
        Table table = new Table()
                .row("recipe", run.config().recipe().name())
                .row("data", model.data())
                .row("licence", model.licence());
        if (!model.attribution().isEmpty()) {
            table.row("credit", model.attribution());
        }
        if (!model.figures().isEmpty()) {
            table.row("figures", model.figures());
        }
        table.row("size", megabytes(model)).row("folder", run.path().toString()).row("trained by", model.command());
        table.lines().forEach(console::say);
        console.say("");
        console.say(console.bright("To try"));
        commands.forEach(command -> console.say("  " + command));
    }
}
