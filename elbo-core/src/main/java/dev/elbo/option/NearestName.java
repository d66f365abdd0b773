package dev.elbo.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** The known name that someone may have meant who wrote another one. */
public final class NearestName {
    private NearestName() {}

    /**
     * What to say about a name that is not known, as in "unknown data 'mnits'; did you mean 'mnist'? Known:
     * fashion-mnist, mnist".
     *
     * @param kind what is named: "data", "recipe", "option"
     */
    public static String message(String kind, String word, Collection<String> known) {
        String question = of(word, known)
                .map(name -> "; did you mean '" + name + "'? Known: ")
                .orElse("; known: ");
        return "unknown " + kind + " '" + word + "'" + question + String.join(", ", new TreeSet<>(known));
    }

    /**
     * The nearest of the known names, by the number of letters to insert, delete, replace or swap with their
     * neighbour; none if more than a third of the letters, and more than one, would have to change.
     */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(word, name) <= Math.max(1, Math.max(word.length(), name.length()) / 3))
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Optimal string alignment (Damerau 1964; Levenshtein 1966), whatever the case of the letters. */
    static int distance(String word, String name) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1]; // edits[i][j]: from i letters of a to j of b
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edits(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
    }
}
