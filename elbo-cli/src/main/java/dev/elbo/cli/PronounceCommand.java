package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.pronunciation.LeftOut;
import dev.elbo.pronunciation.Lexicon;
import dev.elbo.pronunciation.Markup;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.pronunciation.Segment;
import dev.elbo.pronunciation.Utterance;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how a text is pronounced, without a model. */
@Command(
        name = "pronounce",
        description = {
            "Say how a text is pronounced: its words, with numbers and abbreviations written out, then its phones.",
            "What the language has no sound for is told, with its place."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} pronounce 'Dr. Smith paid $3.50'",
            "  ${ROOT-COMMAND-NAME} pronounce '重庆的银行在2号楼' --language zh",
            "  ${ROOT-COMMAND-NAME} pronounce 'Say {EH1 L B OW0} <break time=\"300ms\"/> slowly'",
            "",
            "--json prints {\"language\": NAME, \"words\": [{\"text\": WORD, \"phones\": [PHONE, …], \"at\": PLACE}, …],",
            "\"segments\": [{\"phones\": [PHONE, …], \"rate\": FACTOR, \"semitones\": N, \"pauseSeconds\": S}, …],",
            "\"leftOut\": [{\"text\": TEXT, \"at\": PLACE}, …]}, with places in the text without its tags, from 0."
        })
final class PronounceCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "Plain text, or text with tags of SSML.")
    private final List<String> text = new ArrayList<>();

    @Option(
            names = "--language",
            paramLabel = "NAME",
            completionCandidates = Names.OfLanguages.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private String language = "en";

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description = "Words that come first: a word and its phones on each line.")
    private @Nullable Path lexicon;

    @Mixin
    private final Json json = new Json();

    PronounceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Pronunciation pronunciation =
                Pronunciation.of(language, lexicon == null ? Lexicon.EMPTY : Lexicon.read(lexicon));
        Markup markup = Markup.parse(String.join(" ", text));
        Markup.Reading reading = markup.read(pronunciation);
        Utterance utterance = pronunciation.utterance(markup.text());
        if (json.isWanted()) {
            console.say(toJson(utterance, reading));
        } else {
            console.say(utterance.words());
            reading.segments().forEach(segment -> console.say(line(segment)));
        }
        for (LeftOut part : reading.leftOut()) {
            console.note("not spoken: " + part);
        }
        return 0;
    }

    private static String line(Segment segment) {
        String line = String.join(" ", segment.phones());
        if (segment.rate() != 1 || segment.semitones() != 0) {
            line += " (rate " + number("0.##", segment.rate()) + ", " + number("+0.##;-0.##", segment.semitones())
                    + " semitones)";
        }
        return segment.pauseSeconds() == 0
                ? line
                : (line + " (pause " + number("0.###", segment.pauseSeconds()) + " s)").strip();
    }

    private static String number(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    private ObjectNode toJson(Utterance utterance, Markup.Reading reading) {
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("language", language);
        ArrayNode words = said.putArray("words");
        utterance.spoken().forEach(word -> {
            ObjectNode entry = words.addObject().put("text", word.text());
            word.phones().forEach(entry.putArray("phones")::add);
            entry.put("at", word.at());
        });
        ArrayNode segments = said.putArray("segments");
        reading.segments().forEach(segment -> {
            ObjectNode entry = segments.addObject();
            segment.phones().forEach(entry.putArray("phones")::add);
            entry.put("rate", segment.rate())
                    .put("semitones", segment.semitones())
                    .put("pauseSeconds", segment.pauseSeconds());
        });
        ArrayNode leftOut = said.putArray("leftOut");
        reading.leftOut()
                .forEach(part -> leftOut.addObject().put("text", part.text()).put("at", part.at()));
        return said;
    }
}
