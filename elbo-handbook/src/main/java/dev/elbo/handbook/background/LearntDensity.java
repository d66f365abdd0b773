package dev.elbo.handbook.background;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Moons;
import dev.elbo.prior.MixturePrior;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.Map;

/** What a generative model learns: from points, a density; and from the density, new points. A histogram does it badly. */
public final class LearntDensity implements Experiment {
    private static final int CELLS = 30;
    private static final int COMPONENTS = 12;

    @Override
    public String name() {
        return "density-and-samples";
    }

    @Override
    public Finding run(Effort effort) {
        HostArray points = Moons.of(effort.of(1000, 100), 1);
        HostArray others = Moons.of(effort.of(1000, 100), 2);
        double[][] counts = histogram(points);
        try (Scope scope = Scope.open("density")) {
            MixturePrior model = Densities.mixture(points, effort.of(COMPONENTS, 4));
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Four panels: points along two half circles; their histogram, rough and with holes; a smooth density that a"
                                    + " model learned of the points; and new points drawn from that density, which lie as the first"
                                    + " ones do.",
                            "四幅图：沿两个半圆分布的点；它们的直方图，粗糙而有空洞；模型从这些点学到的平滑密度；以及从该密度采样的新点，与原来的点分布相同。"),
                    plane(Words.of("Data: 1,000 points", "数据：1,000 个点"))
                            .dots(Words.same(""), Ink.BLUE, 1.5, Moons.column(points, 0), Moons.column(points, 1)),
                    plane(Words.of("Their histogram", "它们的直方图")).heat(Ink.BLUE, middles(), middles(), counts),
                    plane(Words.of("A density that a model learned", "模型学到的密度"))
                            .heat(Ink.ORANGE, Densities.axis(), Densities.axis(), Densities.over(model)),
                    samples(Densities.samples(model, effort.of(1000, 100), 3)));
            return new Finding(
                    sheet.sized(300, 280),
                    Map.of(
                            "cells", (double) CELLS * CELLS,
                            "empty", emptyShare(counts, others),
                            "logProb", Densities.meanLogProb(model, others)));
        }
    }

    private static Chart samples(HostArray drawn) {
        return plane(Words.of("New points from that density", "从该密度采样的新点"))
                .dots(Words.same(""), Ink.ORANGE, 1.5, Moons.column(drawn, 0), Moons.column(drawn, 1));
    }

    private static Chart plane(Words title) {
        return Chart.titled(title)
                .x(Words.same("x₁"))
                .y(Words.same("x₂"))
                .xFrom(-Densities.REACH, Densities.REACH)
                .yFrom(-Densities.REACH, Densities.REACH);
    }

    /** How many points lie in each cell, [y][x]. */
    private static double[][] histogram(HostArray points) {
        double[][] counts = new double[CELLS][CELLS];
        double[] x = Moons.column(points, 0);
        double[] y = Moons.column(points, 1);
        for (int i = 0; i < x.length; i++) {
            counts[cell(y[i])][cell(x[i])]++;
        }
        return counts;
    }

    private static int cell(double value) {
        int cell = (int) Math.floor((value + Densities.REACH) / (2 * Densities.REACH) * CELLS);
        return Math.max(0, Math.min(CELLS - 1, cell));
    }

    private static double[] middles() {
        double[] middles = new double[CELLS];
        for (int i = 0; i < CELLS; i++) {
            middles[i] = -Densities.REACH + (i + 0.5) * 2 * Densities.REACH / CELLS;
        }
        return middles;
    }

    /** The part of other points that lie where the histogram says that there are none. */
    private static double emptyShare(double[][] counts, HostArray others) {
        double[] x = Moons.column(others, 0);
        double[] y = Moons.column(others, 1);
        double empty = 0;
        for (int i = 0; i < x.length; i++) {
            empty += counts[cell(y[i])][cell(x[i])] == 0 ? 1.0 / x.length : 0;
        }
        return empty;
    }
}
