package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.option.Options;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Whoever changes an English text sees that the Chinese one says the old one. */
    @Test
    void everyChineseTextSaysTheEnglishOneThatThereIs() throws IOException {
        Map<String, String> english = EnglishAbove.of("options_zh.properties");
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
