package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Speech;
import dev.elbo.model.SpeechVae;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the voices of a model of speech. */
@Command(
        name = "voices",
        description = {
            "List who can speak in a run of recipe tts-vae or voice-vae.",
            "A run of tts-vae with voices=reference speaks with the voice of any recording besides, which is told."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} voices last",
            "",
            "--json prints {\"voices\": [NAME, …], \"recordings\": whether the voice of a recording can be had}."
        })
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
            Generator generator = opened.showing().generator();
            List<String> voices = voices(generator.spec());
            boolean takesClips = generator.model() instanceof SpeechVae
                    && Speech.of(generator).takesClips();
            if (json) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                voices.forEach(object.putArray("voices")::add);
                console.say(object.put("recordings", takesClips));
            } else if (voices.isEmpty()) {
                console.note("one voice, without a name");
            } else {
                voices.forEach(console::say);
            }
            if (takesClips && !json) {
                console.note("and the voice of a recording: --voice FILE");
            }
        }
        return 0;
    }

    private static List<String> voices(DataSpec spec) {
        if (!(spec.fields().get(SpeechVae.SOUND) instanceof Field.Frames)) {
            throw new IllegalArgumentException("the model makes no sound; choose a run of recipe tts-vae or voice-vae");
        }
        return spec.fields().get(SpeechVae.VOICE) instanceof Field.Category voice ? voice.names() : List.of();
    }
}
