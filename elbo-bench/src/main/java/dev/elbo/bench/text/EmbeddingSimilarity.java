package dev.elbo.bench.text;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How near two sentences are by the vectors of their words, in −1 … 1; 0 if no word of one has a vector. Liu et al. (2016), section
 * 3.2. Words without a vector do not count.
 */
public enum EmbeddingSimilarity {
    /** The cosine of the means of the vectors. */
    AVERAGE {
        @Override
        double of(List<double[]> a, List<double[]> b) {
            return cosine(folded(a, EmbeddingSimilarity::mean), folded(b, EmbeddingSimilarity::mean));
        }
    },

    /** Each word with the one of the other sentence that is nearest: the mean cosine, of both directions. */
    GREEDY {
        @Override
        double of(List<double[]> a, List<double[]> b) {
            return (oneWay(a, b) + oneWay(b, a)) / 2;
        }
    },

    /** The cosine of vectors that have, in each dimension, what is farthest from 0 among the words. */
    EXTREMA {
        @Override
        double of(List<double[]> a, List<double[]> b) {
            return cosine(folded(a, EmbeddingSimilarity::extreme), folded(b, EmbeddingSimilarity::extreme));
        }
    };

    /** The similarity of two sentences. */
    public double of(List<String> sentence, List<String> other, WordVectors vectors) {
        List<double[]> a = vectors.of(sentence);
        List<double[]> b = vectors.of(other);
        return a.isEmpty() || b.isEmpty() ? 0 : of(a, b);
    }

    /** The similarity of sentences that have a vector each, or more. */
    abstract double of(List<double[]> a, List<double[]> b);

    private static double oneWay(List<double[]> a, List<double[]> b) {
        return a.stream()
                .mapToDouble(word -> b.stream()
                        .mapToDouble(other -> cosine(word, other))
                        .max()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    /** A vector with a number for each dimension, made of what the words have there. */
    private static double[] folded(List<double[]> words, ToDoubleFunction<double[]> fold) {
        double[] folded = new double[words.get(0).length];
        for (int i = 0; i < folded.length; i++) {
            int dimension = i;
            folded[i] = fold.applyAsDouble(
                    words.stream().mapToDouble(word -> word[dimension]).toArray());
        }
        return folded;
    }

    private static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double extreme(double... values) {
        double extreme = 0;
        for (double value : values) {
            extreme = Math.abs(value) > Math.abs(extreme) ? value : extreme;
        }
        return extreme;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squaresOfA += a[i] * a[i];
            squaresOfB += b[i] * b[i];
        }
        return product == 0 ? 0 : product / Math.sqrt(squaresOfA * squaresOfB);
    }
}
