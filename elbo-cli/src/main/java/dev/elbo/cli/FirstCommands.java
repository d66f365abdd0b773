package dev.elbo.cli;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.run.Invocation;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.ShippedModel;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.util.List;

/**
 * The commands by which one meets a shipped model. None needs its data.
 *
 * @param model that is met
 * @param run that it is
 */
record FirstCommands(ShippedModel model, RunDirectory run) {

    /** The commands, as they are typed. */
    List<String> all() throws IOException {
        DataSpec spec = run.spec().orElseThrow();
        boolean isOfText = spec.fields().values().stream().anyMatch(Field.Tokens.class::isInstance);
        String recipe = run.config().recipe().name();
        if (recipe.equals("vocoder")) { // it is of no use by itself
            return List.of(Invocation.ofThisProcess()
                    .line("say", "RUN", "TEXT", "--vocoder", ShippedModels.PREFIX + model.name()));
        }
        return isOfText
                ? ofText(recipe, classes(spec))
                : List.of(
                        line("sample", "--count", "20"),
                        line("sample", "--count", "20", "--temperature", "0.7", "--seed", "2"));
    }

    private List<String> ofText(String recipe, List<String> classes) {
        return switch (recipe) {
            case "style-vae" ->
                List.of(
                        line("transfer", "SENTENCE", "--to", classes.get(0)),
                        line("transfer", "SENTENCE", "--to", classes.get(classes.size() - 1), "--beam", "5"));
            case "tts-vae" ->
                List.of(line("say", "TEXT"), line("say", "TEXT", "--voice", classes.get(0), "--rate", "0.8"));
            case "voice-vae" -> List.of(line("convert", "FILE.wav", "--to", classes.get(0)), line("voices"));
            case "dialogue-cvae", "hred" -> List.of(line("chat"), line("chat", "SENTENCE", "--answers", "3"));
            case "poem-vae" ->
                List.of(
                        line("write", "--count", "4"),
                        line("write", "--count", "4", "--given", "label=" + classes.get(0), "--temperature", "0.8"));
            case "lm" -> List.of(line("write"), line("write", "--temperature", "0.7", "--nucleus", "0.9"));
            default ->
                List.of(
                        line("write"),
                        line("reconstruct", "--text", "SENTENCE"),
                        line("interpolate", "--from", "SENTENCE", "--to", "SENTENCE"));
        };
    }

    private static List<String> classes(DataSpec spec) {
        return spec.fields().values().stream()
                .filter(Field.Category.class::isInstance)
                .map(Field::names)
                .findFirst()
                .orElse(List.of());
    }

    private String line(String command, String... words) {
        String[] all = new String[words.length + 2];
        all[0] = command;
        all[1] = ShippedModels.PREFIX + model.name();
        System.arraycopy(words, 0, all, 2, words.length);
        return Invocation.ofThisProcess().line(all);
    }
}
