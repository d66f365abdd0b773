package dev.elbo.handbook.algorithm;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A decoder looked at from all sides: what it makes of a grid of codes, that its output is a distribution and no picture, and how likely
 * one digit is under every code.
 */
public final class DecoderPlane implements Experiment {
    private static final int GRID = 10;
    private static final int FEW = 6;
    private static final int STEPS = 8;

    @Override
    public String name() {
        return "decoder-plane";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("decoder");
                GradientMode off = GradientMode.off()) {
            DigitPlane plane = DigitPlane.trained(effort);
            Batch batch = plane.test(20);
            double[] axis = Numbers.range(-3, 3, effort.of(81, 9));
            double[][] logLikelihood = logLikelihood(plane, batch, axis);
            double[] q = plane.posterior(batch).loc().get(0, 0).toHost().toDoubles();
            double best = Double.NEGATIVE_INFINITY;
            for (double[] row : logLikelihood) {
                for (double value : row) {
                    best = Math.max(best, value);
                }
            }
            Chart heat = Chart.titled(Words.of("How likely one digit is under each code", "每个编码下某个数字的似然"))
                    .x(Words.same("z₁"))
                    .y(Words.same("z₂"))
                    .heat(Ink.BLUE, axis, axis, probabilities(logLikelihood, best))
                    .contours(
                            Words.of("1, 5, 20 nats below the best", "比最优低 1、5、20 奈特"),
                            Ink.SLATE,
                            axis,
                            axis,
                            logLikelihood,
                            best - 1,
                            best - 5,
                            best - 20)
                    .dots(Words.of("encoder's mean", "编码器的均值"), Ink.CRIMSON, 4, new double[] {q[0]}, new double[] {q[1]
                    });
            Sheet sheet = Sheet.of(
                    Words.of(
                            "A grid of decoded codes; probabilities of pixels with three samples of each; the likelihood of one"
                                    + " digit over the plane of codes, with the mean of its posterior at the peak; and ways"
                                    + " between codes, decoded.",
                            "编码网格的解码结果；像素概率及各自的三个样本；某个数字在编码平面上的似然，其后验均值位于峰顶；以及编码之间路径的解码结果。"),
                    new Pictures(
                            Words.of("Decoded grid of codes, −2 to 2", "编码网格（−2 到 2）的解码结果"),
                            grid(plane),
                            GRID,
                            List.of()),
                    distributions(plane, batch),
                    heat,
                    between(plane, batch));
            return new Finding(
                    sheet.sized(370, 370),
                    Map.of(
                            "best",
                            -best,
                            "atMean",
                            -at(plane, batch, Tensor.of(new float[] {(float) q[0], (float) q[1]}, 1, 2))[0]));
        }
    }

    private static HostArray grid(DigitPlane plane) {
        float[] codes = new float[2 * GRID * GRID];
        double[] axis = Numbers.range(-2, 2, GRID);
        for (int i = 0; i < GRID * GRID; i++) {
            codes[2 * i] = (float) axis[i % GRID];
            codes[2 * i + 1] = (float) axis[GRID - 1 - i / GRID];
        }
        return plane.decode(Tensor.of(codes, GRID * GRID, 2)).toHost();
    }

    /** From the code of one digit to that of the next, in equal steps. */
    private static Pictures between(DigitPlane plane, Batch batch) {
        Tensor codes = plane.posterior(batch).loc();
        Tensor from = codes.narrow(0, 0, FEW).unsqueeze(1); // [few, 1, 2]
        Tensor to = codes.narrow(0, 1, FEW).unsqueeze(1);
        Tensor share = Tensor.arange(STEPS, Device.CPU)
                .to(DType.FLOAT32)
                .over(STEPS - 1.0)
                .unsqueeze(-1);
        Tensor way = from.plusProduct(share, to.minus(from)); // [few, steps, 2]
        return new Pictures(
                Words.of("Ways from one code to another", "从一个编码到另一个编码"),
                plane.decode(way.reshape((long) FEW * STEPS, 2)).toHost(),
                STEPS,
                List.of());
    }

    /** For a few digits: the digit, the probabilities that its code is decoded to, and samples of these. */
    private static Pictures distributions(DigitPlane plane, Batch batch) {
        DiagonalNormal q = plane.posterior(batch);
        Distribution p =
                plane.model().likelihood().given(Pass.deterministic(), q.loc().narrow(0, 0, FEW));
        Tensor samples = p.sample(3, Rng.seeded(6, Device.CPU)); // [3, few, 1, H, W]
        Tensor all = Tensor.cat(
                0, batch.get("image").narrow(0, 0, FEW).unsqueeze(0), p.centre().unsqueeze(0), samples);
        long side = all.size(-1);
        return new Pictures(
                Words.of("The output is a distribution", "输出是一个分布"),
                all.reshape(5L * FEW, 1, side, side).toHost(),
                FEW,
                List.of(
                        Words.same("x"),
                        Words.of("p(pixel = 1)", "p(像素 = 1)"),
                        Words.of("sample", "样本"),
                        Words.of("sample", "样本"),
                        Words.of("sample", "样本")));
    }

    /** log p(x|z) of the first example over the plane, [row][column]. */
    private static double[][] logLikelihood(DigitPlane plane, Batch batch, double[] axis) {
        double[][] table = new double[axis.length][];
        for (int row = 0; row < axis.length; row++) {
            float[] codes = new float[2 * axis.length];
            for (int column = 0; column < axis.length; column++) {
                codes[2 * column] = (float) axis[column];
                codes[2 * column + 1] = (float) axis[row];
            }
            table[row] = at(plane, batch, Tensor.of(codes, axis.length, 2));
        }
        return table;
    }

    private static double[] at(DigitPlane plane, Batch batch, Tensor codes) {
        return plane.model()
                .likelihood()
                .given(Pass.deterministic(), codes)
                .logProb(batch.get("image").narrow(0, 0, 1))
                .toHost()
                .toDoubles();
    }

    private static double[][] probabilities(double[][] logLikelihood, double best) {
        double[][] table = new double[logLikelihood.length][logLikelihood.length];
        for (int row = 0; row < table.length; row++) {
            for (int column = 0; column < table.length; column++) {
                table[row][column] = Math.exp((logLikelihood[row][column] - best) / 8);
            }
        }
        return table;
    }
}
