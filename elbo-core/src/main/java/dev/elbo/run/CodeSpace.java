package dev.elbo.run;

import dev.elbo.option.NearestName;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What lies where among the codes of examples: neighbours, and the way towards a class. */
public record CodeSpace(Codes codes) {
    private static final String LABEL = "label";

    /**
     * An example near a code.
     *
     * @param row of the codes
     * @param distance ‖μ − code‖
     */
    public record Near(int row, double distance) {}

    /**
     * The examples whose codes are nearest to one, the nearest first.
     *
     * @param code D numbers
     * @throws IllegalArgumentException if it has another number of dimensions
     */
    public List<Near> nearest(float[] code, int count) {
        float[] centres = codes.centres().toFloats();
        int dims = (int) codes.centres().shape().size(1);
        if (code.length != dims) {
            throw new IllegalArgumentException("codes have " + dims + " dimensions; got " + code.length);
        }
        return IntStream.range(0, centres.length / dims)
                .mapToObj(row -> new Near(row, distance(centres, row * dims, code)))
                .sorted(Comparator.comparingDouble(Near::distance))
                .limit(count)
                .toList();
    }

    private static double distance(float[] centres, int from, float[] code) {
        double sum = 0;
        for (int i = 0; i < code.length; i++) {
            double difference = centres[from + i] - code[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /**
     * The mean code of a class less the mean code of all others: added to a code, it leads towards the class. Larsen et al. (2016),
     * section 3.3; arXiv:1512.09300.
     *
     * @throws IllegalArgumentException if examples have no classes, or none of this name, or are all of it
     */
    public float[] towards(String name) {
        List<String> labels = codes.about().get(LABEL);
        if (labels == null) {
            throw new IllegalArgumentException("the data have no labels, so that no code leads towards one");
        }
        List<String> classes = labels.stream().distinct().sorted().toList();
        if (!classes.contains(name)) {
            throw new IllegalArgumentException(NearestName.message(LABEL, name, classes));
        }
        if (classes.size() == 1) {
            throw new IllegalArgumentException(
                    "all examples have the label '" + name + "': there is no way from others");
        }
        int dims = (int) codes.centres().shape().size(1);
        float[] centres = codes.centres().toFloats();
        double[] inside = new double[dims];
        double[] outside = new double[dims];
        long count = 0;
        for (int row = 0; row < labels.size(); row++) {
            boolean is = Objects.equals(labels.get(row), name);
            count += is ? 1 : 0;
            for (int i = 0; i < dims; i++) {
                (is ? inside : outside)[i] += centres[row * dims + i];
            }
        }
        float[] way = new float[dims];
        for (int i = 0; i < dims; i++) {
            way[i] = (float) (inside[i] / count - outside[i] / (labels.size() - count));
        }
        return way;
    }
}
