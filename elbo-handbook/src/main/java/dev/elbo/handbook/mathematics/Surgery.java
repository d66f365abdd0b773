package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The mean rate of a training set, taken apart: 1/N Σ KL(q(z|xₙ) ‖ p(z)) = I(n; z) + KL(q(z) ‖ p(z)). Hoffman and Johnson (2016).
 * The three are computed apart: the rate by its closed form, the others by quadrature, about the codes and over a grid.
 */
public final class Surgery implements Experiment {
    private static final double REACH = 6;

    /** What the rate is made of after so many steps. */
    private record Cut(int step, double rate, double information, double divergence) {}

    @Override
    public String name() {
        return "elbo-surgery";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("surgery")) {
            ShapesVae model = ShapesVae.of(effort);
            DiagonalNormal prior = DiagonalNormal.standard(2, Device.CPU);
            List<Cut> cuts = new ArrayList<>();
            int every = effort.of(200, 20);
            model.train(effort.of(2000, 40), step -> {
                if (step % every == 0) {
                    cuts.add(cut(step, model, prior));
                }
            });
            try (GradientMode off = GradientMode.off()) {
                return found(model, cuts, effort);
            }
        }
    }

    private static Cut cut(int step, ShapesVae model, Distribution prior) {
        try (Scope scope = Scope.open("cut");
                GradientMode off = GradientMode.off()) {
            return new Cut(step, model.rate(), model.information(), model.divergence(prior));
        }
    }

    private static Finding found(ShapesVae model, List<Cut> cuts, Effort effort) {
        Cut last = cuts.get(cuts.size() - 1);
        double[] z = Numbers.range(-REACH, REACH, effort.of(601, 61));
        double[][] density = density(model, z);
        double overGrid = divergence(density, z);
        double count = model.pictures().size(0);
        double[] steps = cuts.stream().mapToDouble(Cut::step).toArray();
        double[] divergences = cuts.stream().mapToDouble(Cut::divergence).toArray();
        double[] rates = cuts.stream().mapToDouble(Cut::rate).toArray();
        Chart parts = Chart.titled(Words.of("the mean rate in two parts", "平均码率的两个部分"))
                .x(Words.of("steps", "步"))
                .y(Words.of("nats", "奈特"))
                .yFrom(0, 6.4)
                .band(Ink.ORANGE, steps, new double[steps.length], divergences)
                .band(Ink.BLUE, steps, divergences, rates)
                .line(Words.of("mean rate", "平均码率"), Ink.TEXT, steps, rates)
                .line(
                        Words.of("information (blue area)", "互信息（蓝色区域）"),
                        Ink.BLUE,
                        steps,
                        cuts.stream().mapToDouble(Cut::information).toArray())
                .line(Words.same("KL(q(z) ‖ p(z))"), Ink.ORANGE, steps, divergences)
                .line(Words.same("log N"), Ink.CRIMSON, new double[] {0, last.step()}, new double[] {
                    Math.log(count), Math.log(count)
                });
        Chart aggregate = Chart.titled(Words.of("aggregated posterior; circles: prior", "聚合后验；圆：先验"))
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .xFrom(-6, 6)
                .yFrom(-3.4, 3.4)
                .heat(Ink.BLUE, z, z, clipped(density))
                .contours(Words.same(""), Ink.MUTED, z, z, Numbers.table(z, z, Math::hypot), 1, 2, 3);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Over training the mean rate is the sum of two areas: information, which nears log N, and a divergence that"
                                + " stays small. Beside it the aggregated posterior, full of holes, within circles of the prior.",
                        "训练中平均码率是两块面积之和：趋近 log N 的互信息，与始终较小的散度。旁边是满是空洞的聚合后验与先验的圆。"),
                parts,
                aggregate);
        return new Finding(
                sheet,
                Map.of(
                        "rate", last.rate(),
                        "information", last.information(),
                        "divergence", overGrid,
                        "apart", Math.abs(last.rate() - last.information() - overGrid),
                        "logCount", Math.log(count),
                        "count", count,
                        "first", cuts.get(0).rate()));
    }

    /** q(z) over a grid, [row][column]. */
    private static double[][] density(ShapesVae model, double[] z) {
        double[][] density = new double[z.length][z.length];
        for (int row = 0; row < z.length; row++) {
            try (Scope scope = Scope.open("row")) {
                float[] points = new float[2 * z.length];
                for (int i = 0; i < z.length; i++) {
                    points[2 * i] = (float) z[i];
                    points[2 * i + 1] = (float) z[row];
                }
                density[row] = model.aggregate()
                        .logProb(Tensor.of(points, z.length, 2))
                        .exp()
                        .toHost()
                        .toDoubles();
            }
        }
        return density;
    }

    /** KL(q(z) ‖ N(0, I)) as a sum over the grid. */
    private static double divergence(double[][] q, double[] z) {
        double cell = (z[1] - z[0]) * (z[1] - z[0]);
        double sum = 0;
        for (int row = 0; row < z.length; row++) {
            for (int i = 0; i < z.length; i++) {
                double logPrior = Normals.logDensity(z[row], 0, 1) + Normals.logDensity(z[i], 0, 1);
                sum += q[row][i] == 0 ? 0 : cell * q[row][i] * (Math.log(q[row][i]) - logPrior);
            }
        }
        return sum;
    }

    /** The narrowest peaks would leave all else white. */
    private static double[][] clipped(double[][] density) {
        return Numbers.table(
                Numbers.range(0, density.length - 1, density.length),
                Numbers.range(0, density.length - 1, density.length),
                (column, row) -> Math.min(0.5, density[(int) Math.round(row)][(int) Math.round(column)]));
    }
}
