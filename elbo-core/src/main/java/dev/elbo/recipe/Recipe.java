package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.nn.Initializer;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.train.Composition;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A published variant: a composition of parts. A recipe is a record; its components are its options on
 * the command line, in a run's configuration and in a checkpoint's metadata, and a record's no-argument
 * constructor gives their defaults.
 */
public interface Recipe {
    /** What it is called on the command line, as in {@code conv-vae}. */
    String name();

    /** One sentence on what it is, with its source. */
    String summary();

    /** When to use it, what it minimises, and where that is from. */
    Card card();

    /**
     * The model for data of this kind with first weights, and what it learns from.
     *
     * @throws IllegalArgumentException naming the field that the data lack
     */
    Composition compose(DataSpec data, Initializer initial);

    /** How it is trained if nothing else is said. */
    default TrainingSettings training() {
        return TrainingSettings.standard();
    }

    /** How pixels may be treated, the first if nothing else is said; empty if the model observes no images. */
    default List<Pixels> treatments() {
        return List.of();
    }

    /** How data are read if nothing else is said, by the names of {@link dev.elbo.data.Reading}; as usual, for most. */
    default Map<String, String> reading() {
        return Map.of();
    }

    /** The tables of the data that are counted: whole numbers from 0, which are neither scaled nor shifted. */
    default Set<String> counts(DataSpec data) {
        return Set.of();
    }

    /**
     * The options that suit some data better than the defaults, by name: they hold where nothing is said of them.
     *
     * @param data what the data hold
     * @param examples how many there are to learn from
     * @param given the settings that somebody has said, with which these have to go together
     */
    default Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
        return Map.of();
    }

    /** The names of options that {@link #suited} may give another value than the default: who means the default has to say so. */
    default Set<String> suitable() {
        return Set.of();
    }

    /**
     * What the model may see of the examples that it is fitted to: all of it, unless a recipe hides something.
     *
     * @param fitting the training set without what is held out
     * @param seed of what is hidden
     */
    default Split seen(Split fitting, long seed) {
        return fitting;
    }

    /**
     * The posterior whose codes another prior may be fitted to after training, where it is no option of the recipe; empty of recipes that
     * have one, and of those whose priors cannot be exchanged.
     */
    default Optional<PosteriorKind> posterior() {
        return Optional.empty();
    }
}
