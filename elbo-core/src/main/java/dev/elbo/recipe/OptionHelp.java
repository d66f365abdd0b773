package dev.elbo.recipe;

import java.util.Optional;

/** The help of options in Chinese: what {@link dev.elbo.option.About} says of them in English. */
public final class OptionHelp {
    private static final ChineseTexts CHINESE = ChineseTexts.read("options_zh.properties");

    private OptionHelp() {}

    /** The help of an option of a recipe; nothing if nobody has written it. */
    public static Optional<String> chinese(Recipe recipe, String option) {
        return CHINESE.of(recipe.name() + "." + option).or(() -> CHINESE.of(option));
    }

    /** The help of an option of every training. */
    public static Optional<String> chineseOfTraining(String option) {
        return CHINESE.of("training." + option);
    }
}
