package dev.elbo.recipe;

import dev.elbo.option.NearestName;
import dev.elbo.option.Options;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The recipes that there are. */
public final class Recipes {
    private static final List<Recipe> ALL = List.of(
            new VaeRecipe(),
            new ConvVaeRecipe(),
            new PictureVaeRecipe(),
            new VitVaeRecipe(),
            new CvaeRecipe(),
            new PictureCvaeRecipe(),
            new BetaVaeRecipe(),
            new BetaTcvaeRecipe(),
            new FactorVaeRecipe(),
            new IwaeRecipe(),
            new MiwaeRecipe(),
            new PiwaeRecipe(),
            new CiwaeRecipe(),
            new RenyiVaeRecipe(),
            new StlVaeRecipe(),
            new DipVaeRecipe(),
            new AnnealedVaeRecipe(),
            new GecoVaeRecipe(),
            new AeRecipe(),
            new DenoisingAeRecipe(),
            new SparseAeRecipe(),
            new ContractiveAeRecipe(),
            new RaeRecipe(),
            new WaeRecipe(),
            new InfoVaeRecipe(),
            new JointVaeRecipe(),
            new AaeRecipe(),
            new VaeGanRecipe(),
            new LadderVaeRecipe(),
            new DeepVaeRecipe(),
            new ConcreteVaeRecipe(),
            new VqVaeRecipe(),
            new RvqVaeRecipe(),
            new FsqVaeRecipe(),
            new VqVae2Recipe(),
            new M2Recipe(),
            new M1M2Recipe(),
            new AdgmRecipe(),
            new GmVaeRecipe(),
            new SentenceVaeRecipe(),
            new LmRecipe(),
            new StyleVaeRecipe(),
            new LatentStyleVaeRecipe(),
            new PoemVaeRecipe(),
            new DialogueCvaeRecipe(),
            new HredRecipe(),
            new TtsVaeRecipe(),
            new VoiceVaeRecipe(),
            new VocoderRecipe());

    private Recipes() {}

    /** All of them, with their defaults. */
    public static List<Recipe> all() {
        return ALL;
    }

    /** All of them by what they are, in the order in which they are listed. */
    public static Map<Card.Group, List<Recipe>> byGroup() {
        return ALL.stream()
                .collect(Collectors.groupingBy(
                        recipe -> recipe.card().group(),
                        () -> new EnumMap<>(Card.Group.class),
                        Collectors.toUnmodifiableList()));
    }

    /**
     * The one of this name, with its defaults.
     *
     * @throws IllegalArgumentException naming the nearest, if there is none
     */
    public static Recipe named(String name) {
        return ALL.stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(NearestName.message(
                        "recipe", name, ALL.stream().map(Recipe::name).toList())));
    }

    /** The options of a recipe: every recipe is a record. */
    public static Options<?> options(Recipe recipe) {
        return Options.of((Record) recipe);
    }

    /**
     * A recipe with some options set.
     *
     * @throws IllegalArgumentException if a value cannot be read
     */
    public static Recipe with(Recipe recipe, Map<String, String> options) {
        return (Recipe) options(recipe).with(options);
    }
}
