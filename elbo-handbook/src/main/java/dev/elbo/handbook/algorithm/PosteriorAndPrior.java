package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** From where latent variables are drawn: in training from the posterior of an example, afterwards from the prior. */
public final class PosteriorAndPrior implements Experiment {
    private static final int ROWS = 6;
    private static final int COLUMNS = 8;

    @Override
    public String name() {
        return "posterior-and-prior";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("sampling");
                GradientMode off = GradientMode.off()) {
            DigitPlane plane = DigitPlane.trained(effort);
            Batch batch = plane.test(effort.of(500, 20));
            DiagonalNormal q = plane.posterior(batch);
            Tensor drawn = q.sample(1, Rng.seeded(3, Device.CPU)).squeeze(0); // one z of each example
            Tensor fresh =
                    DiagonalNormal.standard(2, Device.CPU).sample((int) drawn.size(0), Rng.seeded(4, Device.CPU));
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Left: samples of posteriors, six posteriors as ellipses, and samples of the prior in one plane."
                                    + " Right: six digits with what samples of their posteriors become; below, what samples of the"
                                    + " prior become.",
                            "同一平面上的后验样本、六个画成椭圆的后验与先验样本；六个数字及其后验样本的解码结果；先验样本的解码结果。"),
                    chart(q, drawn),
                    reconstructions(plane, batch, q),
                    prior(fresh),
                    new Pictures(
                            Words.of("Decoded samples of the prior", "先验样本的解码结果"),
                            decoded(plane, fresh.narrow(0, 0, Math.min(fresh.size(0), ROWS * COLUMNS))),
                            COLUMNS,
                            List.of()));
            return new Finding(
                    sheet.sized(370, 340),
                    Map.of(
                            "posteriorScale",
                            q.logVar().times(0.5).exp().mean().item(),
                            "variance",
                            drawn.variance(0).mean().item(),
                            "rate",
                            q.klTo(DiagonalNormal.standard(2, Device.CPU))
                                    .orElseThrow()
                                    .mean()
                                    .item()));
        }
    }

    private static Chart chart(DiagonalNormal q, Tensor drawn) {
        Chart chart = axes(Words.of("In training: from posteriors", "训练时：取自后验"))
                .dots(
                        Words.of("one sample of each digit", "每个数字一个样本"),
                        Ink.SLATE,
                        2,
                        column(drawn, 0),
                        column(drawn, 1));
        double[] mean = q.loc().toHost().toDoubles();
        double[] logVar = q.logVar().toHost().toDoubles();
        for (int i = 0; i < ROWS; i++) {
            double[] x = new double[61];
            double[] y = new double[61];
            for (int j = 0; j < x.length; j++) {
                x[j] = mean[2 * i] + 2 * Math.exp(logVar[2 * i] / 2) * Math.cos(2 * Math.PI * j / 60);
                y[j] = mean[2 * i + 1] + 2 * Math.exp(logVar[2 * i + 1] / 2) * Math.sin(2 * Math.PI * j / 60);
            }
            chart.line(i > 0 ? Words.same("") : Words.of("posteriors, two deviations", "后验，两倍标准差"), Ink.CRIMSON, x, y);
        }
        return chart;
    }

    private static Chart prior(Tensor fresh) {
        return axes(Words.of("Afterwards: from the prior", "训练后：取自先验"))
                .dots(Words.of("samples of N(0, I)", "N(0, I) 的样本"), Ink.BLUE, 2, column(fresh, 0), column(fresh, 1));
    }

    private static Chart axes(Words title) {
        return Chart.titled(title)
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .xFrom(-4, 4)
                .yFrom(-4, 4);
    }

    private static Pictures reconstructions(DigitPlane plane, Batch batch, DiagonalNormal q) {
        int samples = COLUMNS - 1;
        Tensor z =
                q.sample(samples, Rng.seeded(5, Device.CPU)).narrow(1, 0, ROWS).transpose(0, 1); // [rows, samples, 2]
        Tensor rows = Tensor.cat(
                1, batch.get("image").narrow(0, 0, ROWS).unsqueeze(1), plane.decode(z)); // [rows, columns, 1, H, W]
        long side = rows.size(-1);
        return new Pictures(
                Words.of("A digit, and its posterior's samples decoded", "一个数字，及其后验样本的解码结果"),
                rows.reshape((long) ROWS * COLUMNS, 1, side, side).toHost(),
                COLUMNS,
                List.of());
    }

    private static HostArray decoded(DigitPlane plane, Tensor z) {
        return plane.decode(z).toHost();
    }

    private static double[] column(Tensor points, long index) {
        return points.get(-1, index).toHost().toDoubles();
    }
}
