package dev.elbo.handbook.concepts;

import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Drawings;
import dev.elbo.handbook.toy.Taught;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Parallel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The code as a bottleneck. The pictures are discs that differ in two numbers, so an autoencoder needs a code of two, and no more:
 * the loss over the number of latents has its knee there. In the latent plane the places of the discs lie as a bent sheet.
 */
public final class Bottleneck implements Experiment {
    private static final int[] LATENTS = {1, 2, 3, 4, 8};
    private static final int GRID = 9;
    private static final int STEPS = 7;

    /** Discs in the four corners, of which the first and the last are far apart. */
    private static final Drawings ENDS = Drawings.discsInRows(2);

    private static final int LAST = 3;

    @Override
    public String name() {
        return "bottleneck";
    }

    /** What is asked of a trained model: its loss above the floor, and what it makes of discs. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Learned(double loss, HostArray reconstructed, double[][] gridCodes, HostArray between) {}

    @Override
    public Finding run(Effort effort) {
        Drawings train = Drawings.discs(effort.of(1024, 32), 1);
        Drawings test = Drawings.discs(effort.of(400, 16), 2);
        List<Learned> learned = Parallel.map(LATENTS.length, i -> learn(train, test, LATENTS[i], effort.of(40, 1)));
        Map<String, Double> numbers = new HashMap<>();
        numbers.put("floor", test.entropy());
        for (int i = 0; i < LATENTS.length; i++) {
            numbers.put("loss" + LATENTS[i], learned.get(i).loss());
        }
        numbers.put("betweenPixels", sharpness(blended()));
        numbers.put("betweenCodes", sharpness(learned.get(1).between()));
        return new Finding(sheet(learned, test).sized(370, 240), numbers);
    }

    private static Learned learn(Drawings train, Drawings test, int latents, int epochs) {
        Taught model = Taught.on(train, "ae", options(latents), epochs);
        return new Learned(
                model.bound(test).distortion() - test.entropy(),
                reconstructed(model, test),
                model.codes(Drawings.discsInRows(GRID)),
                model.decoded(codesBetween(model.codes(ENDS))));
    }

    private static Map<String, String> options(int latents) {
        return Map.of("latents", Integer.toString(latents), "hidden", "128, 64");
    }

    private static Sheet sheet(List<Learned> learned, Drawings test) {
        Learned plane = learned.get(1);
        double[] loss = learned.stream().mapToDouble(Learned::loss).toArray();
        return Sheet.of(
                Words.of(
                        "The loss of autoencoders over the number of latents has its knee at two, as many as the discs have factors;"
                                + " the positions of discs as a bent grid in the latent plane; reconstructions; and ways from one"
                                + " disc to another through pixels and through codes.",
                        "自编码器的损失随潜变量个数的变化在 2 处出现拐点，恰为圆盘的因子数；圆盘位置在潜在平面上成为弯曲的网格；重构结果；以及在像素与编码之间插值的对比。"),
                Chart.titled(Words.of("Two factors need two latents", "两个因子需要两个潜变量"))
                        .x(Words.of("latents", "潜变量个数"))
                        .y(Words.of("−log p(x|z) above its floor, nats", "−log p(x|z) 超出下限的部分，奈特"))
                        .yFromZero()
                        .line(
                                Words.of("held-out discs", "留出的圆盘"),
                                Ink.BLUE,
                                IntStream.of(LATENTS).asDoubleStream().toArray(),
                                loss)
                        .dots(
                                Words.same(""),
                                Ink.BLUE,
                                4,
                                IntStream.of(LATENTS).asDoubleStream().toArray(),
                                loss),
                grid(plane.gridCodes()),
                new Pictures(
                        Words.of("Held-out discs and their reconstructions", "留出的圆盘与重构"),
                        HostArray.concat(List.of(
                                test.images().rows(0, STEPS),
                                learned.get(0).reconstructed(),
                                plane.reconstructed(),
                                learned.get(3).reconstructed())),
                        STEPS,
                        List.of(
                                Words.of("discs", "原图"),
                                Words.of("1 latent", "1 个潜变量"),
                                Words.of("2 latents", "2 个潜变量"),
                                Words.of("4 latents", "4 个潜变量"))),
                new Pictures(
                        Words.of("Half-way between two discs", "两个圆盘之间"),
                        HostArray.concat(List.of(blended(), plane.between())),
                        STEPS,
                        List.of(Words.of("pixels", "像素插值"), Words.of("codes", "编码插值"))));
    }

    /** The codes of discs at the places of a grid, joined along its rows and its columns. */
    private static Chart grid(double[][] codes) {
        Chart chart = Chart.titled(Words.of("Where places go in the latent plane", "位置在潜在平面上的去向"))
                .x(Words.same("z₁"))
                .y(Words.same("z₂"));
        for (int i = 0; i < GRID; i++) {
            int line = i;
            double[][] row = IntStream.range(0, GRID)
                    .mapToObj(j -> codes[line * GRID + j])
                    .toArray(double[][]::new);
            double[][] column = IntStream.range(0, GRID)
                    .mapToObj(j -> codes[j * GRID + line])
                    .toArray(double[][]::new);
            Words rows = i == 0 ? Words.of("left to right", "从左到右") : Words.same("");
            Words columns = i == 0 ? Words.of("top to bottom", "从上到下") : Words.same("");
            chart.line(rows, Ink.BLUE, Points.of(row, 0), Points.of(row, 1));
            chart.line(columns, Ink.ORANGE, Points.of(column, 0), Points.of(column, 1));
        }
        return chart;
    }

    private static HostArray reconstructed(Taught model, Drawings test) {
        double[][] codes = model.codes(test);
        return model.decoded(IntStream.range(0, STEPS).mapToObj(i -> codes[i]).toArray(double[][]::new));
    }

    /** (1 − t) x + t x', of the pictures of two corners. */
    private static HostArray blended() {
        float[] pixels = ENDS.images().toFloats();
        int size = Drawings.SIDE * Drawings.SIDE;
        float[] between = new float[STEPS * size];
        for (int i = 0; i < between.length; i++) {
            int step = i / size;
            float share = step / (STEPS - 1f);
            between[i] = (1 - share) * pixels[i % size] + share * pixels[LAST * size + i % size];
        }
        return HostArray.of(between, STEPS, 1, Drawings.SIDE, Drawings.SIDE);
    }

    /** (1 − t) z + t z', of the codes of these pictures. */
    private static double[][] codesBetween(double[][] codes) {
        double[][] between = new double[STEPS][codes[0].length];
        for (int step = 0; step < STEPS; step++) {
            double share = step / (STEPS - 1.0);
            for (int d = 0; d < codes[0].length; d++) {
                between[step][d] = (1 - share) * codes[0][d] + share * codes[LAST][d];
            }
        }
        return between;
    }

    /** The largest pixel of the picture in the middle: 1 of a disc, ½ of two halves. */
    private static double sharpness(HostArray pictures) {
        float most = 0;
        for (float pixel : pictures.rows(STEPS / 2, STEPS / 2 + 1).toFloats()) {
            most = Math.max(most, pixel);
        }
        return most;
    }
}
