package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Codes in a plane, coloured by label; both axes span the same range. Points are drawn in the order of the data, so that no
 * class hides the others. Where ten colours come again, dots have another shape; more classes than have a look of their own
 * are not told apart, and the title says so.
 *
 * @param codes floating point [N, 2]
 * @param labels INT64 [N], each the position of its name
 * @param names of the labels; if empty, labels do not matter and all codes have one colour
 * @param title above the plot
 * @param horizontal what its horizontal axis is
 * @param vertical what its vertical axis is
 */
public record Scatter(
        HostArray codes, HostArray labels, List<String> names, String title, String horizontal, String vertical)
        implements Figure {
    private static final int SIDE = 600;
    private static final int MARGIN = 24;
    private static final int DENSITY = 2;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if codes are not in a plane, or a code has no label with a name
     */
    public Scatter {
        names = List.copyOf(names);
        require(
                codes.shape().rank() == 2
                        && codes.shape().size(1) == 2
                        && codes.shape().size(0) > 0,
                "a scatter plot needs codes [N, 2], at least one; got " + codes);
        require(
                labels.shape().equals(codes.shape().dropLast(1)),
                "every code needs a label; got labels " + labels + " for codes " + codes);
        int count = names.size();
        require(
                count == 0 || Arrays.stream(labels.toLongs()).allMatch(label -> label >= 0 && label < count),
                "every label needs a name, and there are names for 0 to " + (count - 1) + " only");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Codes of a plane z₁, z₂ without labels. */
    public static Scatter of(HostArray codes, String title) {
        int count = (int) codes.shape().size(0);
        return new Scatter(codes, HostArray.of(new long[count], count), List.of(), title, "z₁", "z₂");
    }

    /** The same codes coloured by labels. */
    public Scatter coloured(HostArray byLabels, List<String> withNames) {
        return new Scatter(codes, byLabels, withNames, title, horizontal, vertical);
    }

    /** The same codes with other axes. */
    public Scatter over(String otherHorizontal, String otherVertical) {
        return new Scatter(codes, labels, names, title, otherHorizontal, otherVertical);
    }

    /** {@inheritDoc} */
    @Override
    public BufferedImage draw() {
        int height = SIDE + MARGIN + (int) legend().height(SIDE);
        return Paper.sheet(
                SIDE + 2 * MARGIN,
                height + 2 * MARGIN,
                DENSITY,
                pen -> plot().draw(pen, new Rectangle2D.Double(MARGIN, MARGIN, SIDE, height)));
    }

    private Plot plot() {
        double[] values = codes.toDoubles(); // a point's two coordinates after each other
        long[] label = labels.toLongs();
        double radius = label.length > 1000 ? 2.2 : 3;
        List<Mark> dots = IntStream.range(0, label.length)
                .mapToObj(i -> dot(values[2 * i], values[2 * i + 1], (int) label[i], radius))
                .toList();
        double reach = reach(values);
        return new Plot(
                title + (isTold() || names.isEmpty() ? "" : ", of too many classes to tell apart"),
                Axis.linear(horizontal, -reach, reach),
                Axis.linear(vertical, -reach, reach),
                dots,
                legend(),
                List.of());
    }

    /** Whether classes are told apart. */
    private boolean isTold() {
        return !names.isEmpty() && names.size() <= Legend.Sign.CLASSES;
    }

    private Mark dot(double x, double y, int label, double radius) {
        int look = isTold() ? label : 0;
        return Mark.sign(x, y, Legend.Sign.ofClass(look), Ink.of(look), radius, 0.65);
    }

    /** Nearly all codes lie within; a few far ones must not crush the others. */
    private static double reach(double[] values) {
        double[] distances =
                Arrays.stream(values).filter(Double::isFinite).map(Math::abs).toArray();
        return 1.1 * Math.max(1e-3, Series.of(distances, distances).quantile(0.998));
    }

    private Legend legend() {
        return new Legend(IntStream.range(0, isTold() ? names.size() : 0)
                .mapToObj(i -> new Legend.Key(names.get(i), Ink.of(i), Legend.Sign.ofClass(i)))
                .toList());
    }
}
