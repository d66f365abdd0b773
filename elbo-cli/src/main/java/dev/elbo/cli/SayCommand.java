package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Sentence;
import dev.elbo.generate.Speech;
import dev.elbo.sound.Wave;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says a text with a model of speech. */
@Command(
        name = "say",
        description = {
            "Say a text with a run of recipe tts-vae, into a WAV file. Without a text, each line of standard input is said, or all of it if it",
            "begins with <speak>. Sentences are written one by one as they are made.",
            "Tags are SSML: <break time=\"300ms\"/>, <prosody rate=\"80%%\" pitch=\"+2st\">, <phoneme alphabet=\"x-arpabet\" ph=\"T UW1\">,",
            "<sub alias=\"…\">. {T UW1} are phones too."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} say last 'two seven'",
            "  ${ROOT-COMMAND-NAME} say last 'two seven' --voice jackson --rate 0.8 --pitch 2 --out numbers.wav",
            "  ${ROOT-COMMAND-NAME} say last 'two <break time=\"1s\"/> <prosody rate=\"50%%\" pitch=\"-3st\">seven</prosody>'",
            "  ${ROOT-COMMAND-NAME} say last 'two seven' --voice somebody.wav",
            "  ${ROOT-COMMAND-NAME} say last 'two seven' --vocoder runs/vocoder-1",
            "  ${ROOT-COMMAND-NAME} say last 'two seven' --out - | aplay",
            "",
            "--json prints {\"file\": FILE, \"voice\": NAME, \"rateHz\": HZ, \"seconds\": S, \"sentences\": [{\"phones\": [PHONE, …],",
            "\"from\": S, \"to\": S}, …]}."
        })
final class SayCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "What is said. Default: standard input.")
    private @Nullable String text;

    @Mixin
    private final GivenVoice voice = new GivenVoice();

    @Mixin
    private final GivenVocoder vocoder = new GivenVocoder();

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "How many times as fast as the recordings. Default: ${DEFAULT-VALUE}.")
    private double rate = 1;

    @Option(
            names = "--pitch",
            paramLabel = "SEMITONES",
            description = "How much higher; negative is lower. Default: ${DEFAULT-VALUE}.")
    private double pitch;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "1 as varied as the recordings, 0 the same each time. Default: ${DEFAULT-VALUE}.")
    private double temperature = Speech.Manner.STANDARD.temperature();

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, another take. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write, a .wav; - is standard output. Default: speech.wav in the run's figures.")
    private @Nullable String out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    SayCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        Speech.Manner how = new Speech.Manner(temperature, rate, pitch);
        if (out != null && !out.equals(STANDARD_OUTPUT) && !out.endsWith(".wav")) {
            throw new IllegalArgumentException(
                    "--out " + out + ": the file's name must end in .wav, or be - for standard output");
        }
        if (json && STANDARD_OUTPUT.equals(out)) {
            throw new IllegalArgumentException("--json and --out - both write to standard output; choose one of them");
        }
        try (Opened opened = run.openWithoutData();
                GivenVocoder.Open through = vocoder.open()) {
            Speech speech = through.of(Speech.of(opened.showing().generator()), Speech::through);
            Speech.Speaker who = voice.of(speech);
            List<Sentence> sentences = new ArrayList<>();
            for (String line : lines()) {
                Speech.Script script = speech.script(line);
                sentences.addAll(script.sentences());
                script.leftOut().forEach(part -> console.note("not spoken: " + part));
            }
            Path file = out == null ? opened.run().place("figures/speech.wav") : Path.of(out);
            say(speech, sentences, who, how, file);
        }
        return 0;
    }

    private List<String> lines() throws IOException {
        if (text != null) {
            return List.of(text);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> lines = in.lines().filter(line -> !line.isBlank()).collect(Collectors.toList());
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no text to say; give one, as in say last 'two seven'");
        }
        return lines.get(0).stripLeading().startsWith("<speak") ? List.of(String.join("\n", lines)) : lines;
    }

    private void say(Speech speech, List<Sentence> sentences, Speech.Speaker who, Speech.Manner how, Path file)
            throws IOException {
        boolean isPiped = file.toString().equals(STANDARD_OUTPUT);
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("file", file.toString()).put("voice", who.name());
        try (OutputStream stream = isPiped ? console.bytes() : WaveStream.file(file);
                WaveStream wave = new WaveStream(stream, isPiped ? null : file)) {
            ArrayNode parts = JsonNodeFactory.instance.arrayNode();
            Iterator<Sentence> sentence = sentences.iterator();
            for (Wave said : (Iterable<Wave>) speech.say(sentences, who, how, seed)::iterator) {
                double from = wave.seconds();
                wave.write(said);
                told.put("rateHz", said.rateHz());
                ObjectNode part = parts.addObject();
                sentence.next().phones().forEach(part.putArray("phones")::add);
                part.put("from", from).put("to", wave.seconds());
            }
            told.put("seconds", wave.seconds());
            told.set("sentences", parts);
        }
        if (json) {
            console.say(told);
        } else if (!isPiped) {
            console.say(String.format(
                    Locale.ROOT, "%s: %.1f s", file, told.path("seconds").asDouble()));
        }
    }
}
