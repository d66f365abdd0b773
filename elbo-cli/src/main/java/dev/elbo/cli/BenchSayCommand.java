package dev.elbo.cli;

import dev.elbo.bench.SayBenchmark;
import dev.elbo.generate.Speech;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast a model speaks. */
@Command(
        name = "say",
        description = "How many times as fast a run of tts-vae says a text as its speech lasts, once it is warm.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench say model:digits 'one two three four five six seven' --threads 1",
            "  ${ROOT-COMMAND-NAME} bench say model:digits 'one two three' --vocoder runs/vocoder-1 --threads 1",
            "",
            "--json prints {\"realTimeFactor\": {\"min\": F, \"median\": F, \"max\": F}, \"seconds\": S, \"text\": TEXT, \"voice\": NAME,",
            "\"threads\": N, \"kernels\": NAME}."
        })
final class BenchSayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Parameters(index = "1", paramLabel = "TEXT", description = "What is said.")
    private String text = "";

    @Mixin
    private final GivenVoice voice = new GivenVoice();

    @Mixin
    private final GivenVocoder vocoder = new GivenVocoder();

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements that count. Default: ${DEFAULT-VALUE}.")
    private int repeats = 9;

    @Mixin
    private final Json json = new Json();

    BenchSayCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        try (Opened opened = run.openWithoutData();
                GivenVocoder.Open through = vocoder.open()) {
            Speech speech = through.of(Speech.of(opened.showing().generator()), Speech::through);
            json.say(new SayBenchmark(text, voice.of(speech), repeats).run(speech), console);
        }
        return 0;
    }
}
