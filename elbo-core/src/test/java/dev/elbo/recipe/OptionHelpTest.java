package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.option.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionHelpTest {
    private static Stream<Recipe> recipes() {
        return Recipes.byGroup().values().stream().flatMap(group -> group.stream());
    }

    @Test
    void everyOptionOfEveryRecipeHasAChineseText() {
        recipes().forEach(recipe -> {
            Recipes.options(recipe)
                    .entries()
                    .forEach(entry -> assertThat(OptionHelp.chinese(recipe, entry.name()))
                            .as(recipe.name() + "." + entry.name())
                            .isPresent());
            Options.of(recipe.training())
                    .entries()
                    .forEach(entry -> assertThat(OptionHelp.chineseOfTraining(entry.name()))
                            .as("training." + entry.name())
                            .isPresent());
        });
    }

    /** The English text above each Chinese one. */
    private static Map<String, String> english() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OptionHelp.class.getResourceAsStream("options_zh.properties")),
                StandardCharsets.UTF_8))) {
            String above = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("# ")) {
                    above = line.substring(2);
                } else if (!line.isBlank()) {
                    texts.put(line.substring(0, line.indexOf('=')), above);
                }
            }
        }
        return texts;
    }

    /** Whoever changes an English text sees that the Chinese one says the old one. */
    @Test
    void everyChineseTextSaysTheEnglishOneThatThereIs() throws IOException {
        Map<String, String> english = english();
        Map<String, String> unused = new LinkedHashMap<>(english);
        recipes().forEach(recipe -> {
            Recipes.options(recipe).entries().forEach(entry -> {
                String key = Optional.of(recipe.name() + "." + entry.name())
                        .filter(english::containsKey)
                        .orElse(entry.name());
                assertThat(english.get(key)).as(key).isEqualTo(entry.about());
                unused.remove(key);
            });
            Options.of(recipe.training()).entries().forEach(entry -> {
                assertThat(english.get("training." + entry.name())).isEqualTo(entry.about());
                unused.remove("training." + entry.name());
            });
        });
        assertThat(unused).isEmpty();
    }
}
