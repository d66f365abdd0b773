package dev.elbo.bench.speech;

import java.util.List;

/** Levenshtein's distance: the fewest units to insert, to delete and to replace so that one sequence becomes another (1966). */
final class EditDistance {
    private EditDistance() {}

    static int of(List<?> from, List<?> to) {
        int[] row = new int[to.size() + 1];
        for (int j = 0; j <= to.size(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.size(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= to.size(); j++) {
                int replaced = corner + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.size()];
    }
}
