package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Normal;
import java.util.Arrays;
import java.util.Map;

/**
 * One joint density of two numbers, seen in four ways: from above, summed along each axis, and cut at one value of x. All are
 * computed on one grid from p(z, x) = p(z) p(x|z) with z ~ N(0, 1) and x|z ~ N(sin 2z + z/2, 0.4²).
 */
public final class JointPicture implements Experiment {
    private static final double CUT = 0.6;
    private static final double NOISE = 0.4;
    private static final double EDGE = 3.2;

    @Override
    public String name() {
        return "joint-picture";
    }

    @Override
    public Finding run(Effort effort) {
        double[] z = Numbers.range(-EDGE, EDGE, effort.of(129, 33));
        double[] x = Numbers.range(-EDGE, EDGE, effort.of(129, 33));
        double[][] joint = Numbers.table(z, x, JointPicture::joint);
        double[] ofX = sumOverColumns(joint, z[1] - z[0]);
        double[] ofZ = sumOverRows(joint, x[1] - x[0]);
        double[] slice = Arrays.stream(z).map(at -> joint(at, CUT)).toArray();
        double area = Arrays.stream(slice).sum() * (z[1] - z[0]);
        double[] conditional = Arrays.stream(slice).map(height -> height / area).toArray();
        Words toZ = Words.same("z");
        Sheet sheet = Sheet.of(
                Words.of(
                        "A joint density p(z, x) from above with a cut at x = 0.6; beside it the marginal of x, below it the"
                                + " marginal of z, and the cut brought to area one, which is p(z|x) and has two peaks.",
                        "从上方看联合密度 p(z, x)，并在 x = 0.6 处切一刀；右侧是 x 的边际分布，下方是 z 的边际分布，以及归一化后的切片 p(z|x)，它有两个峰。"),
                Chart.titled(Words.of("Joint: p(z, x)", "联合分布：p(z, x)"))
                        .x(toZ)
                        .y(Words.same("x"))
                        .yFrom(-EDGE, EDGE)
                        .xFrom(-EDGE, EDGE)
                        .heat(Ink.PURPLE, z, x, joint)
                        .horizontal(Words.same("x = 0.6"), Ink.CRIMSON, CUT),
                Chart.titled(Words.of("Marginal: p(x) = ∫ p(z, x) dz", "边际分布：p(x) = ∫ p(z, x) dz"))
                        .x(Words.of("density", "密度"))
                        .y(Words.same("x"))
                        .yFrom(-EDGE, EDGE)
                        .line(Ink.BLUE, 2, ofX, x)
                        .horizontal(Words.same(""), Ink.CRIMSON, CUT)
                        .note(Words.of("p(0.6): area of the cut", "p(0.6)：切片的面积"), Ink.CRIMSON, 0, CUT),
                Chart.titled(Words.of("Marginal: p(z) = ∫ p(z, x) dx", "边际分布：p(z) = ∫ p(z, x) dx"))
                        .x(toZ)
                        .y(Words.of("density", "密度"))
                        .xFrom(-EDGE, EDGE)
                        .yFromZero()
                        .line(Words.of("summed over the grid", "在网格上求和"), Ink.GREEN, z, ofZ)
                        .dots(
                                Words.same("N(0, 1)"),
                                Ink.ORANGE,
                                3,
                                every(z, 8),
                                Arrays.stream(every(z, 8))
                                        .map(Normal.STANDARD::density)
                                        .toArray()),
                Chart.titled(Words.of("Conditional: p(z|x = 0.6)", "条件分布：p(z|x = 0.6)"))
                        .x(toZ)
                        .y(Words.of("density", "密度"))
                        .xFrom(-EDGE, EDGE)
                        .yFromZero()
                        .line(Words.of("the cut p(z, 0.6)", "切片 p(z, 0.6)"), Ink.PURPLE, z, slice)
                        .line(Words.of("divided by its area", "除以切片的面积"), Ink.CRIMSON, z, conditional));
        return new Finding(sheet, Map.of("area", area, "largest", most(conditional), "cells", (double) z.length));
    }

    /** p(z, x) = p(z) p(x|z). */
    private static double joint(double z, double x) {
        return Normal.STANDARD.density(z) * new Normal(Math.sin(2 * z) + z / 2, NOISE).density(x);
    }

    /** p(x) = ∫ p(z, x) dz, a number for each row. */
    private static double[] sumOverColumns(double[][] joint, double step) {
        return Arrays.stream(joint)
                .mapToDouble(row -> step * Arrays.stream(row).sum())
                .toArray();
    }

    /** p(z) = ∫ p(z, x) dx, a number for each column. */
    private static double[] sumOverRows(double[][] joint, double step) {
        double[] sums = new double[joint[0].length];
        for (double[] row : joint) {
            for (int column = 0; column < sums.length; column++) {
                sums[column] += step * row[column];
            }
        }
        return sums;
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double[] every(double[] values, int step) {
        double[] thin = new double[(values.length + step - 1) / step];
        Arrays.setAll(thin, i -> values[i * step]);
        return thin;
    }
}
