package dev.elbo.recipe;

import java.util.Optional;

/** What recipes are and when to use them, in Chinese: what {@link Recipe#summary} and {@link Card} say in English. */
public final class RecipeHelp {
    private static final ChineseTexts CHINESE = ChineseTexts.read("recipes_zh.properties");

    private RecipeHelp() {}

    /** The description of a recipe; nothing if nobody has written it. */
    public static Optional<String> chineseSummary(Recipe recipe) {
        return CHINESE.of(recipe.name() + ".summary");
    }

    /** When to use a recipe. */
    public static Optional<String> chineseWhen(Recipe recipe) {
        return CHINESE.of(recipe.name() + ".when");
    }

    /** The title of a group of recipes. */
    public static Optional<String> chineseTitle(Card.Group group) {
        return CHINESE.of("group." + group.name());
    }
}
