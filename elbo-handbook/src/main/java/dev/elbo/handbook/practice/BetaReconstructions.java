package dev.elbo.handbook.practice;

import dev.elbo.data.Split;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Squares;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a dearer rate does to reconstructions, and to the rate of each dimension. Higgins et al. (2017), eq. 4. */
public final class BetaReconstructions implements Experiment {
    private static final List<Double> BETAS = List.of(1.0, 4.0, 16.0);
    private static final int SHOWN = 10;

    @Override
    public String name() {
        return "beta-reconstructions";
    }

    @Override
    public Finding run(Effort effort) {
        Squares shapes = BetaVae.shapes(effort);
        Split shown = spread(shapes);
        List<HostArray> pictures = new ArrayList<>(List.of(shown.field("image").toHost()));
        List<Words> rows = new ArrayList<>(List.of(Words.same("x")));
        Chart chart = Chart.titled(Words.of("The rate of each dimension", "每一维的码率"))
                .x(Words.of("dimension, sorted by rate", "维度（按码率排序）"))
                .y(Words.of("nats", "奈特"));
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (double beta : BETAS) {
            String name = "β = " + (int) beta;
            try (Fitted vae = BetaVae.train(shapes, beta, 1, effort)) {
                pictures.add(vae.pictures(vae.codes(shown), Map.of()));
                chart.bars(Words.same(name), dimensions(), sorted(vae.bound().ratePerDimension()));
                numbers.put("rate" + (int) beta, vae.bound().rate());
                numbers.put("distortion" + (int) beta, vae.bound().distortion());
            }
            rows.add(Words.same(name));
        }
        Sheet sheet = Sheet.of(
                Words.of(
                        "Squares and their reconstructions: close at β = 1, softer at β = 4, all one blur at β = 16; and the rate of"
                                + " each of six dimensions: four speak at β = 1, three at β = 4, none at β = 16.",
                        "方块与它们的重构：β = 1 时很接近，β = 4 时边缘变软，β = 16 时全是同一团模糊；以及六个维度各自的码率：β = 1 时四维有话说，β = 4 时三维，β = 16 时一维也没有。"),
                new Pictures(
                        Words.of("Squares, and what became of them", "方块与它们的重构"),
                        HostArray.concat(pictures),
                        SHOWN,
                        rows),
                chart);
        return new Finding(sheet.sized(400, 250), numbers);
    }

    /** Images spread evenly over the set. */
    private static Split spread(Squares shapes) {
        return shapes.data()
                .train()
                .select(LongStream.range(0, SHOWN)
                        .map(i -> (2 * i + 1) * shapes.count() / (2 * SHOWN))
                        .toArray());
    }

    private static List<Words> dimensions() {
        return IntStream.rangeClosed(1, BetaVae.LATENTS)
                .mapToObj(i -> Words.same(Integer.toString(i)))
                .toList();
    }

    private static double[] sorted(List<Double> rates) {
        return rates.stream()
                .sorted(Comparator.reverseOrder())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
