package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.RowTraining;
import dev.elbo.nn.Pass;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A VAE with linear networks, trained by Elbo's objective, beside principal component analysis: its bound rises to the exact log p(x)
 * and both to the highest that there is, its decoder spans the principal plane, and its σ² becomes the mean of the discarded
 * eigenvalues. Tipping and Bishop (1999); Lucas et al. (2019).
 */
public final class LinearVaeAndPca implements Experiment {
    private static final int LATENTS = LowRank.RANK;

    /** What is noted of the model from time to time. */
    private record Sight(int step, double bound, double evidence, double angle, double variance) {}

    @Override
    public String name() {
        return "linear-vae-and-pca";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("linear VAE")) {
            LowRank data = LowRank.of(effort.of(1000, 100), 4);
            LinearVae model = LinearVae.of(LowRank.COLUMNS, LATENTS, 5);
            List<Sight> seen = train(model, data, effort.of(2500, 40), effort.of(50, 10));
            Sight last = seen.get(seen.size() - 1);
            double highest = data.highestLogEvidence(LATENTS);
            Sheet sheet = Sheet.of(
                    Words.of(
                            "While a linear VAE is trained its bound and its log-evidence rise to the highest possible value, the"
                                    + " angle to the principal plane falls to 0, and its variances become the eigenvalues.",
                            "线性 VAE 训练时，下界与对数证据一同升到可能的最大值，与主平面的夹角降到 0，它的方差变成特征值。"),
                    rise(seen, highest),
                    angle(seen),
                    variances(model, data),
                    axes(model, data));
            return new Finding(
                    sheet,
                    Map.of(
                            "highest", highest,
                            "evidence", last.evidence(),
                            "bound", last.bound(),
                            "gap", last.evidence() - last.bound(),
                            "short", highest - last.bound(),
                            "angle", last.angle(),
                            "variance", last.variance(),
                            "discarded", data.discarded(LATENTS),
                            "firstBound", seen.get(0).bound()));
        }
    }

    private static List<Sight> train(LinearVae model, LowRank data, int steps, int every) {
        List<Sight> seen = new ArrayList<>();
        new RowTraining(data.rows(), steps, 0.01, 6)
                .run(model.vae(), model.vae().parameters(), Elbo.standard(), step -> {
                    if (step % every == 0) {
                        seen.add(sight(step, model, data));
                    }
                });
        return seen;
    }

    private static Sight sight(int step, LinearVae model, LowRank data) {
        try (Scope scope = Scope.open("sight");
                GradientMode off = GradientMode.off()) {
            return new Sight(
                    step,
                    bound(model, data.rows()),
                    model.logEvidence(data.rows()),
                    angle(model.loadings(), data.axes().narrow(1, 0, LATENTS)),
                    model.variance());
        }
    }

    /** The bound without sampling: E_q|x − W z − b|² = |x − W μ − b|² + Σⱼ vⱼ |wⱼ|². The mean over rows, in nats. */
    static double bound(LinearVae model, Tensor rows) {
        DiagonalNormal q = (DiagonalNormal) model.vae().posterior().given(Pass.deterministic(), rows);
        Tensor p = model.decoder().forward(q.loc(), Pass.deterministic());
        Tensor lengths = model.decoder().weight().square().sum(0); // |wⱼ|², [latents]
        Tensor squares = rows.minus(p)
                .square()
                .sum(-1)
                .plus(q.logVar().exp().times(lengths).sum(-1));
        double distortion = 0.5
                * (squares.mean().item() / model.variance() + rows.size(1) * Math.log(2 * Math.PI * model.variance()));
        double rate = q.klTo(DiagonalNormal.standard(lengths.size(0), rows.device()))
                .orElseThrow()
                .mean()
                .item();
        return -distortion - rate;
    }

    /** The largest angle between two planes that columns span, in degrees: the one's cosine is the least singular value of QᵀU. */
    private static double angle(Tensor loadings, Tensor axes) {
        Tensor gram = loadings.transpose(0, 1).matmul(loadings); // [latents, latents]
        Tensor lower = LinearAlgebra.cholesky(gram);
        Tensor orthonormal = LinearAlgebra.solveLower(lower, loadings.transpose(0, 1)); // rows span the same
        Tensor cosines = orthonormal.matmul(axes);
        double least = LinearAlgebra.symmetricEigen(cosines.matmul(cosines.transpose(0, 1)))
                .values()
                .toHost()
                .toDoubles()[0];
        return Math.toDegrees(Math.acos(Math.sqrt(Math.min(1, Math.max(0, least)))));
    }

    private static Chart rise(List<Sight> seen, double highest) {
        double[] steps = seen.stream().mapToDouble(Sight::step).toArray();
        return Chart.titled(Words.of("the bound, the evidence, the highest evidence", "下界、证据与最高的证据"))
                .x(Words.of("steps", "步"))
                .y(Words.of("nats a row", "每行，奈特"))
                .yFrom(highest - 5, highest + 0.5)
                .line(
                        Words.same("log p(x)"),
                        Ink.CRIMSON,
                        steps,
                        seen.stream().mapToDouble(Sight::evidence).toArray())
                .line(
                        Words.same("ELBO"),
                        Ink.BLUE,
                        steps,
                        seen.stream().mapToDouble(Sight::bound).toArray())
                .horizontal(Words.of("highest: probabilistic PCA", "最高：概率 PCA"), Ink.TEXT, highest);
    }

    private static Chart angle(List<Sight> seen) {
        double[] steps = seen.stream().mapToDouble(Sight::step).toArray();
        return Chart.titled(Words.of("largest angle to the principal plane", "与主平面的最大夹角"))
                .x(Words.of("steps", "步"))
                .y(Words.of("degrees", "度"))
                .yFrom(0, 90)
                .line(
                        Words.same(""),
                        Ink.PURPLE,
                        steps,
                        seen.stream().mapToDouble(Sight::angle).toArray());
    }

    /** The variances of W Wᵀ + σ² I beside those of the data. */
    private static Chart variances(LinearVae model, LowRank data) {
        Tensor w = model.loadings();
        Tensor covariance = w.matmul(w.transpose(0, 1));
        double[] ofModel = LinearAlgebra.symmetricEigen(covariance)
                .values()
                .flip(0)
                .toHost()
                .toDoubles();
        for (int i = 0; i < ofModel.length; i++) {
            ofModel[i] += model.variance();
        }
        double[] ofData =
                data.eigenvalues().stream().mapToDouble(Double::doubleValue).toArray();
        List<Words> columns = IntStream.rangeClosed(1, LowRank.COLUMNS)
                .mapToObj(i -> Words.same(String.valueOf(i)))
                .toList();
        return Chart.titled(Words.of("variances along the principal axes", "沿各主轴的方差"))
                .x(Words.of("axis", "主轴"))
                .y(Words.of("variance", "方差"))
                .bars(Words.of("data: eigenvalues", "数据：特征值"), columns, ofData)
                .bars(Words.of("model: |w|² + σ², then σ²", "模型：|w|² + σ²，其余为 σ²"), columns, ofModel);
    }

    /** |cos| between each column of W and each principal axis. */
    private static Chart axes(LinearVae model, LowRank data) {
        Tensor w = model.loadings();
        Tensor unit = w.over(w.square().sum(0).sqrt());
        double[] cosines = data.axes()
                .narrow(1, 0, LATENTS)
                .transpose(0, 1)
                .matmul(unit)
                .abs()
                .to(DType.FLOAT64)
                .toHost()
                .toDoubles();
        Chart chart = Chart.titled(Words.of("|cos| of columns of W and principal axes", "W 各列与主轴的 |cos|"))
                .x(Words.of("axis", "主轴"))
                .y(Words.same("|cos|"))
                .yFrom(0, 1.15);
        List<Words> names = IntStream.rangeClosed(1, LATENTS)
                .mapToObj(i -> Words.same(String.valueOf(i)))
                .toList();
        for (int latent = 0; latent < LATENTS; latent++) {
            double[] column = new double[LATENTS];
            for (int axis = 0; axis < LATENTS; axis++) {
                column[axis] = cosines[axis * LATENTS + latent];
            }
            chart.bars(Words.same("w" + (latent + 1)), names, column);
        }
        return chart;
    }
}
