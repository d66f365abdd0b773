package dev.elbo.handbook.practice;

import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Squares;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each dimension of two β-VAEs tells of the factors x, y and size, and what moving it does. Chen et al. (2018), section 4,
 * measure disentanglement by the former.
 */
public final class Disentanglement implements Experiment {
    private static final double[] BETAS = {1, 3};
    private static final int STEPS = 9;
    private static final double REACH = 2;

    private static final List<Words> FACTORS = List.of(Words.of("x", "x"), Words.of("y", "y"), Words.of("size", "大小"));

    @Override
    public String name() {
        return "beta-information";
    }

    @Override
    public Finding run(Effort effort) {
        Squares shapes = BetaVae.shapes(effort);
        List<Panel> panels = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (double beta : BETAS) {
            try (Fitted vae = BetaVae.train(shapes, beta, 1, effort)) {
                Posteriors q = Posteriors.of(vae);
                Information information = Information.of(q.means(), q.deviations(), shapes.factors());
                panels.add(information(beta, information));
                panels.add(traversals(beta, vae));
                numbers.put("gap" + (int) beta, information.gap());
            }
        }
        Sheet sheet = new Sheet(
                Words.of(
                        "Above, β = 1: four dimensions tell of several factors each, and moving one changes place and size"
                                + " together. Below, β = 3: one dimension tells of size, one of y, one of x, and the others of little.",
                        "上：β = 1，有四个维度各自牵涉好几个因子，动其中一维，位置与大小一起变。下：β = 3，一维管大小，一维管 y，一维管 x，其余几乎沉默。"),
                2,
                400,
                260,
                panels);
        return new Finding(sheet, numbers);
    }

    private static Chart information(double beta, Information information) {
        List<Words> dimensions = IntStream.rangeClosed(1, BetaVae.LATENTS)
                .mapToObj(i -> Words.same("z" + i))
                .toList();
        Chart chart = Chart.titled(Words.of(
                        "β = " + (int) beta + ": what dimensions tell of factors", "β = " + (int) beta + "：各维透露了哪个因子"))
                .y(Words.of("I(zⱼ; vₖ) in nats", "I(zⱼ; vₖ)（奈特）"))
                .yFrom(0, 1.3);
        for (int k = 0; k < FACTORS.size(); k++) {
            chart.bars(FACTORS.get(k), dimensions, information.of(k));
        }
        return chart;
    }

    /** A row for each dimension, moved from −2 to 2 while the others are 0. */
    private static Pictures traversals(double beta, Fitted vae) {
        double[] values = Numbers.range(-REACH, REACH, STEPS);
        float[] codes = new float[BetaVae.LATENTS * STEPS * BetaVae.LATENTS];
        for (int dimension = 0; dimension < BetaVae.LATENTS; dimension++) {
            for (int step = 0; step < STEPS; step++) {
                codes[(dimension * STEPS + step) * BetaVae.LATENTS + dimension] = (float) values[step];
            }
        }
        HostArray z = HostArray.of(codes, (long) BetaVae.LATENTS * STEPS, BetaVae.LATENTS);
        return new Pictures(
                Words.of(
                        "β = " + (int) beta + ": a dimension moved from −2 to 2", "β = " + (int) beta + "：一维从 −2 移到 2"),
                vae.pictures(z, Map.of()),
                STEPS,
                IntStream.rangeClosed(1, BetaVae.LATENTS)
                        .mapToObj(i -> Words.same("z" + i))
                        .toList());
    }
}
