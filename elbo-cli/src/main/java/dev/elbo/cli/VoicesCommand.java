package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Speech;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the voices of a model of speech. */
@Command(
        name = "voices",
        description = "List who can speak in a run of recipe tts-vae.",
        footer = {"", "  ${ROOT-COMMAND-NAME} voices last", "", "--json prints {\"voices\": [NAME, …]}."})
final class VoicesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    VoicesCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        try (Opened opened = run.openWithoutData()) {
            Speech speech = Speech.of(opened.showing().generator());
            if (json) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                speech.voices().forEach(object.putArray("voices")::add);
                console.say(object);
            } else if (speech.voices().isEmpty()) {
                console.note("one voice, without a name");
            } else {
                speech.voices().forEach(console::say);
            }
        }
        return 0;
    }
}
