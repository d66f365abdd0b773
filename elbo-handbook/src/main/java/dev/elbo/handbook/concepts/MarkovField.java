package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Table;
import dev.elbo.handbook.draw.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Markov random field, exact by enumeration: four spins xᵢ = ±1 in a ring, p(x) = exp(J Σ xᵢxⱼ) / Z with the sum over
 * neighbours. Opposite spins depend on each other, and not any more once their neighbours are known. Z is a sum over all states;
 * what it costs is counted for square grids of spins (Ising's model), by brute force and row by row.
 */
public final class MarkovField implements Experiment {
    private static final double COUPLING = 0.6;
    private static final int RING = 4;

    @Override
    public String name() {
        return "markov-field";
    }

    @Override
    public Finding run(Effort effort) {
        double[] couplings = Numbers.range(0, 1.5, effort.of(31, 4));
        double[] alone =
                Arrays.stream(couplings).map(j -> information(ring(j), false)).toArray();
        double[] given =
                Arrays.stream(couplings).map(j -> information(ring(j), true)).toArray();
        int side = effort.of(4, 3);
        double byAll = logPartition(side, COUPLING);
        double byRows = logPartitionByRows(side, COUPLING);
        double[] sides = Numbers.range(2, 8, 7);
        double[] p = ring(COUPLING);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Four spins in a ring; the probabilities of their 16 states; the information between opposite spins,"
                                + " which vanishes given the neighbours; and the terms of the partition function of a grid,"
                                + " which explode with its side.",
                        "环上的四个自旋、16 个状态的概率、相对自旋之间的互信息（给定邻居后为零），以及网格配分函数的项数随边长爆炸式增长。"),
                graph(),
                states(p),
                Chart.titled(Words.of("Do opposite spins know each other?", "相对的自旋相互知情吗？"))
                        .x(Words.of("coupling J", "耦合强度 J"))
                        .y(Words.of("mutual information of x₁ and x₃, nats", "x₁ 与 x₃ 的互信息，奈特"))
                        .line(Words.of("alone", "无条件"), Ink.BLUE, couplings, alone)
                        .line(Words.of("given x₂ and x₄", "给定 x₂ 与 x₄"), Ink.ORANGE, couplings, given),
                Chart.titled(Words.of("What Z costs", "计算 Z 的代价"))
                        .yFrom(0, 22)
                        .x(Words.of("side L of a grid of L × L spins", "L × L 自旋网格的边长 L"))
                        .y(Words.of("log₁₀ of the number of terms", "项数的 log₁₀"))
                        .line(
                                Words.of("all states", "枚举全部状态"),
                                Ink.CRIMSON,
                                sides,
                                Arrays.stream(sides)
                                        .map(l -> l * l * Math.log10(2))
                                        .toArray())
                        .line(
                                Words.of("row by row", "逐行消去"),
                                Ink.GREEN,
                                sides,
                                Arrays.stream(sides)
                                        .map(l -> Math.log10(termsByRows(l)))
                                        .toArray()));
        return new Finding(
                sheet,
                Map.of(
                        "partition", partition(RING, COUPLING),
                        "allUp", p[p.length - 1],
                        "alone", information(p, false),
                        "given", information(p, true),
                        "apart", Math.abs(byAll - byRows),
                        "logPartition", byAll,
                        "termsOfAll", Math.pow(2, side * side),
                        "termsByRows", termsByRows(side)));
    }

    private static Diagram graph() {
        return Diagram.titled(Words.of("Four spins, four factors", "四个自旋，四个因子"))
                .latent("1", 0.3, 0.25, Words.same("x₁"))
                .latent("2", 0.7, 0.25, Words.same("x₂"))
                .latent("3", 0.7, 0.75, Words.same("x₃"))
                .latent("4", 0.3, 0.75, Words.same("x₄"))
                .link("1", "2")
                .link("2", "3")
                .link("3", "4")
                .link("4", "1")
                .note(0.5, 0.17, Words.same("exp(J x₁x₂)"))
                .note(0.5, 0.84, Words.same("exp(J x₃x₄)"))
                .note(0.87, 0.5, Words.same("exp(J x₂x₃)"))
                .note(0.13, 0.5, Words.same("exp(J x₄x₁)"));
    }

    private static Table states(double[] p) {
        double[][] table = new double[4][4];
        for (int state = 0; state < p.length; state++) {
            table[state % 4][state / 4] = p[state];
        }
        return Table.titled(
                Words.of("p(x): x₁x₂ by row, x₃x₄ by column", "p(x)：行为 x₁x₂，列为 x₃x₄"),
                pairs("x₁x₂ "),
                pairs(""),
                table,
                "%.3f",
                Ink.BLUE);
    }

    private static List<Words> pairs(String before) {
        return List.of(
                Words.same(before + "− −"),
                Words.same(before + "+ −"),
                Words.same(before + "− +"),
                Words.same(before + "+ +"));
    }

    /** The probabilities of the ring's states; bit i of a state's number says whether spin i is up. */
    private static double[] ring(double coupling) {
        double z = partition(RING, coupling);
        double[] p = new double[1 << RING];
        for (int state = 0; state < p.length; state++) {
            p[state] = Math.exp(coupling * agreement(state, RING)) / z;
        }
        return p;
    }

    /** Z = Σ_x exp(J Σ xᵢxⱼ), a term for each of 2ⁿ states. */
    private static double partition(int spins, double coupling) {
        double sum = 0;
        for (int state = 0; state < (1 << spins); state++) {
            sum += Math.exp(coupling * agreement(state, spins));
        }
        return sum;
    }

    /** Σ xᵢxⱼ over neighbours in a ring. */
    private static int agreement(int state, int spins) {
        int sum = 0;
        for (int i = 0; i < spins; i++) {
            sum += spin(state, i) * spin(state, (i + 1) % spins);
        }
        return sum;
    }

    private static int spin(int state, int i) {
        return (state >> i & 1) == 1 ? 1 : -1;
    }

    /** I(x₁; x₃) in nats, or I(x₁; x₃ | x₂, x₄). */
    private static double information(double[] p, boolean given) {
        int known = given ? 0b1010 : 0;
        double information = 0;
        for (int state = 0; state < p.length; state++) {
            double joint = margin(p, state, known | 0b0101) * margin(p, state, known);
            double apart = margin(p, state, known | 0b0001) * margin(p, state, known | 0b0100);
            information += p[state] * Math.log(joint / apart);
        }
        return information;
    }

    /** The probability that the spins of a mask are as in a state. */
    private static double margin(double[] p, int state, int mask) {
        double sum = 0;
        for (int other = 0; other < p.length; other++) {
            sum += (other & mask) == (state & mask) ? p[other] : 0;
        }
        return sum;
    }

    /** log Z of a grid of side × side spins, by all of its states. */
    private static double logPartition(int side, double coupling) {
        double sum = 0;
        for (int state = 0; state < 1 << (side * side); state++) {
            double agreement = 0;
            for (int row = 0; row < side; row++) {
                agreement += within(state >> (row * side), side);
                agreement += row + 1 < side ? between(state >> (row * side), state >> ((row + 1) * side), side) : 0;
            }
            sum += Math.exp(coupling * agreement);
        }
        return Math.log(sum);
    }

    /** log Z of the same grid: the sum over a row is done before the next row is met. */
    private static double logPartitionByRows(int side, double coupling) {
        double[] sums = new double[1 << side];
        Arrays.setAll(sums, row -> Math.exp(coupling * within(row, side)));
        for (int done = 1; done < side; done++) {
            double[] before = sums;
            sums = new double[1 << side];
            for (int row = 0; row < sums.length; row++) {
                for (int above = 0; above < before.length; above++) {
                    sums[row] += before[above] * Math.exp(coupling * (within(row, side) + between(above, row, side)));
                }
            }
        }
        return Math.log(Arrays.stream(sums).sum());
    }

    private static int within(int row, int side) {
        int sum = 0;
        for (int i = 0; i + 1 < side; i++) {
            sum += spin(row, i) * spin(row, i + 1);
        }
        return sum;
    }

    private static int between(int above, int row, int side) {
        int sum = 0;
        for (int i = 0; i < side; i++) {
            sum += spin(above, i) * spin(row, i);
        }
        return sum;
    }

    private static double termsByRows(double side) {
        return (side - 1) * Math.pow(4, side) + Math.pow(2, side);
    }
}
