package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Table;
import dev.elbo.handbook.draw.Words;
import java.util.List;
import java.util.Map;

/**
 * Exact Bayes in the smallest directed model, z → x: which of three machines made a part, z, and how long the part is, x. Two
 * tables go in, p(z) and p(x|z); two come out, p(z, x) and p(z|x).
 */
public final class TwoNodes implements Experiment {
    private static final List<Words> MACHINES =
            List.of(Words.of("machine A", "机器 A"), Words.of("machine B", "机器 B"), Words.of("machine C", "机器 C"));
    private static final List<Words> LENGTHS =
            List.of(Words.of("short", "偏短"), Words.of("right", "合格"), Words.of("long", "偏长"));
    private static final double[] PRIOR = {0.5, 0.3, 0.2};
    private static final double[][] LIKELIHOOD = {{0.05, 0.90, 0.05}, {0.10, 0.70, 0.20}, {0.10, 0.40, 0.50}};
    private static final int C = 2;
    private static final int LONG = 2;

    @Override
    public String name() {
        return "two-nodes";
    }

    @Override
    public Finding run(Effort effort) {
        double[][] joint = joint(PRIOR, LIKELIHOOD);
        double[] evidence = evidence(joint);
        double[][] posterior = posterior(joint, evidence);
        Diagram graph = Diagram.titled(Words.of("The graph: z → x", "图：z → x"))
                .latent("z", 0.25, 0.3, Words.same("z"))
                .observed("x", 0.25, 0.75, Words.same("x"))
                .arrow("z", "x")
                .note(0.66, 0.3, Words.of("which machine,\np(z) = 0.5, 0.3, 0.2", "由哪台机器制造，\np(z) = 0.5, 0.3, 0.2"))
                .note(0.66, 0.75, Words.of("how long the part is,\np(x|z)", "零件的长度，\np(x|z)"));
        Sheet sheet = Sheet.of(
                Words.of(
                        "A graph of two nodes, z to x, and three tables: the likelihood p(x|z), the joint p(z, x), and the"
                                + " posterior p(z|x), in which a long part comes most probably from machine C.",
                        "两个结点的图 z → x 和三张表：似然 p(x|z)、联合分布 p(z, x)、后验 p(z|x)；偏长的零件最可能来自机器 C。"),
                graph,
                table(Words.of("In: p(x|z), a row sums to 1", "输入：p(x|z)，每行之和为 1"), LIKELIHOOD, Ink.GREEN),
                table(Words.of("Between: p(z, x), all sum to 1", "中间：p(z, x)，全部之和为 1"), joint, Ink.PURPLE),
                table(Words.of("Out: p(z|x), a column sums to 1", "输出：p(z|x)，每列之和为 1"), posterior, Ink.BLUE));
        return new Finding(
                sheet.sized(370, 190),
                Map.of(
                        "prior", PRIOR[C],
                        "likelihood", LIKELIHOOD[C][LONG],
                        "joint", joint[C][LONG],
                        "evidence", evidence[LONG],
                        "posterior", posterior[C][LONG]));
    }

    private static Table table(Words title, double[][] values, Ink ink) {
        return Table.titled(title, MACHINES, LENGTHS, values, "%.3f", ink);
    }

    /** p(z, x) = p(z) p(x|z), [z][x]. */
    private static double[][] joint(double[] prior, double[][] likelihood) {
        double[][] joint = new double[prior.length][likelihood[0].length];
        for (int z = 0; z < joint.length; z++) {
            for (int x = 0; x < joint[z].length; x++) {
                joint[z][x] = prior[z] * likelihood[z][x];
            }
        }
        return joint;
    }

    /** p(x) = Σ_z p(z, x), [x]. */
    private static double[] evidence(double[][] joint) {
        double[] evidence = new double[joint[0].length];
        for (double[] row : joint) {
            for (int x = 0; x < row.length; x++) {
                evidence[x] += row[x];
            }
        }
        return evidence;
    }

    /** p(z|x) = p(z, x) / p(x), [z][x]. */
    private static double[][] posterior(double[][] joint, double[] evidence) {
        double[][] posterior = new double[joint.length][evidence.length];
        for (int z = 0; z < joint.length; z++) {
            for (int x = 0; x < evidence.length; x++) {
                posterior[z][x] = joint[z][x] / evidence[x];
            }
        }
        return posterior;
    }
}
