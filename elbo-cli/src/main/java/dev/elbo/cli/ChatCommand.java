package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.option.NearestName;
import dev.elbo.tensor.HostArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks with a model of dialogue. */
@Command(
        name = "chat",
        description = {
            "Talk with a run of recipe dialogue-cvae or hred: each line of standard input is a turn, and is answered.",
            "Of several answers the first stands in the dialogue, unless its number is typed: 2 takes the second. An empty line",
            "begins another dialogue; the end of the input (Ctrl-D in a terminal) ends."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} chat last",
            "  ${ROOT-COMMAND-NAME} chat last --answers 3 --temperature 0.8",
            "  ${ROOT-COMMAND-NAME} chat last 'how are you ?' --json",
            "",
            "--json prints {\"turns\": [{\"said\": TEXT, \"answers\": [TEXT, …]}, …]} at the end; an empty line is a turn with",
            "\"said\": \"\" and no answers."
        })
final class ChatCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TURN",
            description = "What is said, a turn each, in the place of standard input.")
    private final List<String> given = new ArrayList<>();

    @Option(names = "--answers", paramLabel = "N", description = "Answers to a turn. Default: ${DEFAULT-VALUE}.")
    private int answers = 1;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description = "Of the answers, as a dialogue act, of a model trained with labels=true. Default: the first.")
    private @Nullable String label;

    @Mixin
    private final GivenWriting writing = new GivenWriting();

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other answers. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    private final List<String> turns = new ArrayList<>();
    private List<String> last = List.of();
    private final ArrayNode said = JsonNodeFactory.instance.arrayNode();

    ChatCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--answers", 1, 100).require(answers);
        Writing how = writing.writing(1);
        try (Opened opened = run.openWithoutData()) {
            Texts texts = Texts.of(opened.showing().generator());
            texts.requireContexts();
            Map<String, HostArray> conditions = conditions(opened);
            if (!given.isEmpty()) {
                given.forEach(line -> turn(line.strip(), texts, conditions, how));
            } else {
                read(texts, conditions, how);
            }
        }
        if (json) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("turns", said);
            console.say(all);
        }
        return 0;
    }

    private void read(Texts texts, Map<String, HostArray> conditions, Writing how) throws IOException {
        if (console.isWatched() && !json) {
            console.note("Say something; Ctrl-D ends.");
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            turn(line.strip(), texts, conditions, how);
        }
    }

    private Map<String, HostArray> conditions(Opened opened) {
        boolean isLabelled = opened.showing().signature().conditions().contains("label");
        if (!isLabelled) {
            if (label != null) {
                throw new IllegalArgumentException("the model's answers have no label; train with --set labels=true");
            }
            return Map.of();
        }
        List<String> names =
                ((Field.Category) opened.showing().generator().spec().field("label")).names();
        int number = label == null ? 0 : names.indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException(
                    "--label: " + NearestName.message("label", String.valueOf(label), names));
        }
        return Map.of("label", HostArray.of(new long[] {number}, 1));
    }

    private void turn(String line, Texts texts, Map<String, HostArray> conditions, Writing how) {
        if (line.isEmpty()) {
            turns.clear();
            last = List.of();
            said.addObject().put("said", "").putArray("answers");
        } else if (line.matches("\\d{1,3}") && Integer.parseInt(line) >= 1 && Integer.parseInt(line) <= last.size()) {
            turns.set(turns.size() - 1, last.get(Integer.parseInt(line) - 1));
        } else {
            answer(line, texts, conditions, how);
        }
    }

    private void answer(String line, Texts texts, Map<String, HostArray> conditions, Writing how) {
        turns.add(line);
        try {
            last = texts.answers(List.of(List.copyOf(turns)), conditions, answers, how, seed + said.size())
                    .get(0);
        } catch (IllegalArgumentException unreadable) { // one turn is no reason to end a dialogue
            turns.remove(turns.size() - 1);
            console.note(String.valueOf(unreadable.getMessage()));
            return;
        }
        Unknown.note(texts, List.of(line), console);
        turns.add(last.get(0));
        ArrayNode all = said.addObject().put("said", line).putArray("answers");
        last.forEach(all::add);
        if (!json) {
            for (int i = 0; i < last.size(); i++) {
                console.say(last.size() == 1 ? last.get(i) : (i + 1) + "  " + last.get(i));
            }
        }
    }
}
