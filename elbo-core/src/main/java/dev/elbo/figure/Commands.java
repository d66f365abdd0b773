package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The command lines with which a run goes on, or is had again. */
final class Commands {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private Commands() {}

    /** What each command does, and the command. */
    static Map<String, String> of(RunFiles run, Map<String, String> settings) {
        Map<String, String> commands = new LinkedHashMap<>();
        if (run.config().isObject()) {
            commands.put("Train it again", train(run.config(), settings));
        }
        String name = word(run.name());
        double epochs = run.config().path("training").path("epochs").asDouble(1);
        commands.put("Train it further", "./elbo resume " + name + " --epochs " + (long) Math.ceil(2 * epochs));
        commands.put("Evaluate it", "./elbo evaluate " + name);
        commands.put("Draw samples", "./elbo sample " + name + " --count 64 --out samples.png");
        return commands;
    }

    private static String train(JsonNode config, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of("./elbo", "train"));
        words.add(word(config.path("recipe").path("name").asText("vae")));
        option(words, "--data", config.path("data").path("name"));
        option(words, "--pixels", config.path("data").path("pixels"));
        option(words, "--epochs", config.path("training").path("epochs"));
        option(words, "--batch", config.path("training").path("batch"));
        option(words, "--seed", config.path("seed"));
        settings.forEach((name, value) -> words.add("--set " + word(name + "=" + value)));
        return String.join(" ", words);
    }

    private static void option(List<String> words, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            words.add(name + " " + word(value.asText()));
        }
    }

    /** One word for the shell, whatever it holds. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
