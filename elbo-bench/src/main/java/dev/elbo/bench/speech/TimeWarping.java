package dev.elbo.bench.speech;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which frames of two utterances belong together: the path through pairs of frames, from both first ones to both last ones, a frame on in
 * one of them or in both at a time, whose costs are least in sum. Dynamic time warping, Sakoe and Chiba (1978). Of paths that cost the
 * same it is the shortest.
 *
 * @param path pairs of frames
 * @param cost the sum
 */
record TimeWarping(List<Pair> path, double cost) {
    /** Frame i of one and frame j of the other. */
    record Pair(int i, int j) {}

    /** The cost of a pair of frames. */
    interface Cost {
        double of(int i, int j);
    }

    /**
     * The path.
     *
     * @param n frames of one, at least 1
     * @param m frames of the other
     */
    static TimeWarping of(int n, int m, Cost cost) {
        double[][] sums = new double[n][m];
        int[][] lengths = new int[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                Pair before = before(i, j, sums, lengths);
                boolean isFirst = i == 0 && j == 0;
                sums[i][j] = cost.of(i, j) + (isFirst ? 0 : sums[before.i][before.j]);
                lengths[i][j] = isFirst ? 1 : 1 + lengths[before.i][before.j];
            }
        }
        List<Pair> path = new ArrayList<>();
        Pair at = new Pair(n - 1, m - 1);
        path.add(at);
        while (at.i > 0 || at.j > 0) {
            at = before(at.i, at.j, sums, lengths);
            path.add(at);
        }
        Collections.reverse(path);
        return new TimeWarping(path, sums[n - 1][m - 1]);
    }

    private static Pair before(int i, int j, double[][] sums, int[][] lengths) {
        Pair best = new Pair(Math.max(0, i - 1), Math.max(0, j - 1));
        if (i == 0 || j == 0) {
            return best;
        }
        for (Pair other : List.of(new Pair(i - 1, j), new Pair(i, j - 1))) {
            int order = Double.compare(sums[other.i][other.j], sums[best.i][best.j]);
            if (order < 0 || (order == 0 && lengths[other.i][other.j] < lengths[best.i][best.j])) {
                best = other;
            }
        }
        return best;
    }

    /** The mean cost of a pair. */
    double mean() {
        return cost / path.size();
    }
}
