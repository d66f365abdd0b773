package dev.elbo.cli;

import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSet;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Handbook;
import dev.elbo.pronunciation.Pronunciation;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import java.util.Iterator;

/** The names to choose from, for help and for the shell's completion. */
final class Names {
    private Names() {}

    /** Those of recipes. */
    static final class OfRecipes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Recipes.all().stream().map(Recipe::name).iterator();
        }
    }

    /** The names of the handbook's figures. */
    static final class OfFigures implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Handbook.experiments().stream().map(Experiment::name).iterator();
        }
    }

    /** Those of languages that can be pronounced. */
    static final class OfLanguages implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Pronunciation.languages().iterator();
        }
    }

    /** Those of data sets. */
    static final class OfData implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DataCatalog.standard().sets().stream().map(DataSet::name).iterator();
        }
    }
}
