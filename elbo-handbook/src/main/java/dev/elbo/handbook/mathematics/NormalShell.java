package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.generate.LatentPath;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a standard normal of D dimensions lies: not at its centre, but near a sphere of radius √D. A straight way between two draws
 * leaves that sphere, an arc does not.
 */
public final class NormalShell implements Experiment {
    private static final List<Integer> DIMS = List.of(1, 2, 20, 100);
    private static final int MANY = 100;

    @Override
    public String name() {
        return "normal-shell";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("shell")) {
            Map<String, Double> numbers = new HashMap<>();
            Chart radii = Chart.titled(Words.of("how far draws of N(0, I) are from 0", "N(0, I) 的样本离原点多远"))
                    .x(Words.same("|z|"))
                    .y(Words.of("density", "密度"))
                    .yFromZero();
            double[] edges = Numbers.range(0, 13, effort.of(66, 27));
            double[] middles = new double[edges.length - 1];
            for (int i = 0; i < middles.length; i++) {
                middles[i] = (edges[i] + edges[i + 1]) / 2;
            }
            for (int dims : DIMS) {
                double[] norms = norms(dims, effort.of(40_000, 500));
                radii.line(Words.same("D = " + dims), middles, Numbers.density(norms, edges));
                numbers.put("mean" + dims, mean(norms));
                numbers.put("root" + dims, Math.sqrt(dims));
            }
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Densities of the distance from 0 for 1, 2, 20 and 100 dimensions, which move away from 0 and stay as"
                                    + " narrow; and two ways between two draws, of which the straight one dips towards 0.",
                            "1、2、20、100 维时样本到原点距离的密度：峰离原点越来越远，宽度却不变；两个样本之间的两条路，直线中途靠近原点。"),
                    radii,
                    ways(numbers));
            return new Finding(sheet, numbers);
        }
    }

    private static double[] norms(int dims, int count) {
        Tensor draws = DiagonalNormal.standard(dims, Device.CPU).sample(count, Rng.seeded(dims, Device.CPU));
        return draws.square().sum(-1).sqrt().toHost().toDoubles();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value / values.length;
        }
        return sum;
    }

    private static Chart ways(Map<String, Double> numbers) {
        int steps = 41;
        Tensor ends = DiagonalNormal.standard(MANY, Device.CPU).sample(2, Rng.seeded(7, Device.CPU));
        double[] straight = lengths(LatentPath.linear(ends.get(0, 0), ends.get(0, 1), steps));
        double[] arc = lengths(LatentPath.spherical(ends.get(0, 0), ends.get(0, 1), steps));
        numbers.put("middleOfLine", straight[steps / 2]);
        numbers.put("middleOfArc", arc[steps / 2]);
        double[] way = Numbers.range(0, 1, steps);
        return Chart.titled(Words.of("between two draws of 100 dimensions", "100 维的两个样本之间"))
                .x(Words.of("share of the way", "走过的比例"))
                .y(Words.same("|z|"))
                .yFrom(0, 13)
                .line(Words.of("straight line", "直线"), Ink.ORANGE, way, straight)
                .line(Words.of("arc", "弧线"), Ink.GREEN, way, arc)
                .line(Words.same("√D"), Ink.MUTED, new double[] {0, 1}, new double[] {Math.sqrt(MANY), Math.sqrt(MANY)
                });
    }

    private static double[] lengths(Tensor path) {
        return path.square().sum(-1).sqrt().toHost().toDoubles();
    }
}
