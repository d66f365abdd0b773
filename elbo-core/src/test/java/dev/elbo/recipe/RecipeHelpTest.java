package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeHelpTest {
    @Test
    void everyRecipeAndEveryGroupHasAChineseText() {
        Recipes.byGroup().forEach((group, recipes) -> {
            assertThat(RecipeHelp.chineseTitle(group)).as(group.title()).isPresent();
            recipes.forEach(recipe -> {
                assertThat(RecipeHelp.chineseSummary(recipe)).as(recipe.name()).isPresent();
                assertThat(RecipeHelp.chineseWhen(recipe)).as(recipe.name()).isPresent();
            });
        });
    }

    /** Whoever changes an English text sees that the Chinese one says the old one. */
    @Test
    void everyChineseTextSaysTheEnglishOneThatThereIs() throws IOException {
        Map<String, String> english = new LinkedHashMap<>();
        Recipes.byGroup().forEach((group, recipes) -> {
            english.put("group." + group.name(), group.title());
            recipes.forEach(recipe -> {
                english.put(recipe.name() + ".summary", recipe.summary());
                english.put(recipe.name() + ".when", recipe.card().when());
            });
        });
        assertThat(EnglishAbove.of("recipes_zh.properties")).containsExactlyInAnyOrderEntriesOf(english);
    }
}
