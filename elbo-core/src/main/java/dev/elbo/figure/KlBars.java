package dev.elbo.figure;

import dev.elbo.option.Decimal;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each latent dimension tells of x: its KL divergence from the prior, the largest first. A dimension at 0 is not
 * used at all.
 *
 * @param klPerDimension KL(q(z_d|x) ‖ p(z_d)) in nats, averaged over x, by dimension
 * @param threshold nats above which a bar is blue. This is no count of active units, which are those whose posterior
 *     means vary: see {@link dev.elbo.evaluate.LatentEstimate}
 */
public record KlBars(List<Double> klPerDimension, double threshold) implements Figure {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int MARGIN = 24;
    private static final int DENSITY = 2;
    private static final int LABELS = 20;
    private static final double GAP = 0.12;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there is no dimension, or a KL is not finite
     */
    public KlBars {
        if (klPerDimension.isEmpty() || !klPerDimension.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "bars need a finite KL for every latent dimension, at least one; got " + klPerDimension);
        }
        klPerDimension = List.copyOf(klPerDimension);
    }

    /** With the customary threshold of 0.01 nats. */
    public static KlBars of(List<Double> klPerDimension) {
        return new KlBars(klPerDimension, 0.01);
    }

    /** The number of dimensions above the threshold. */
    public long above() {
        return klPerDimension.stream().filter(this::isAbove).count();
    }

    private boolean isAbove(double kl) {
        return kl > threshold;
    }

    /** {@inheritDoc} */
    @Override
    public BufferedImage draw() {
        return Paper.sheet(
                WIDTH + 2 * MARGIN,
                HEIGHT + 2 * MARGIN,
                DENSITY,
                pen -> plot().draw(pen, new Rectangle2D.Double(MARGIN, MARGIN, WIDTH, HEIGHT)));
    }

    Plot plot() {
        List<Integer> order = IntStream.range(0, klPerDimension.size())
                .boxed()
                .sorted(Comparator.comparing(klPerDimension::get, Comparator.reverseOrder()))
                .toList();
        List<Mark> bars = IntStream.range(0, order.size())
                .mapToObj(rank -> bar(rank, klPerDimension.get(order.get(rank))))
                .toList();
        double highest = klPerDimension.get(order.get(0));
        return new Plot(
                "KL per latent dimension",
                ranks(order),
                Axis.linear("nats", 0, 1.05 * highest),
                bars,
                legend(),
                List.of(trace(order)));
    }

    private Trace trace(List<Integer> order) {
        return new Trace(
                "KL in nats",
                Ink.BLUE,
                IntStream.range(0, order.size())
                        .mapToObj(rank -> reading(rank, order.get(rank)))
                        .toList());
    }

    private Trace.Reading reading(int rank, int dimension) {
        double kl = klPerDimension.get(dimension);
        return new Trace.Reading(rank + 0.5, kl, "dimension " + dimension, Decimal.of(kl, 4));
    }

    private Mark bar(int rank, double kl) {
        return Mark.bar(rank + GAP, rank + 1 - GAP, kl, isAbove(kl) ? Ink.BLUE : Ink.SLATE);
    }

    private static Axis ranks(List<Integer> order) {
        int stride = (order.size() + LABELS - 1) / LABELS;
        List<Axis.Tick> ticks = IntStream.range(0, order.size())
                .filter(rank -> rank % stride == 0)
                .mapToObj(rank -> new Axis.Tick(rank + 0.5, order.get(rank).toString()))
                .toList();
        return new Axis("latent dimension, the largest KL first", 0, order.size(), false, ticks);
    }

    private Legend legend() {
        long below = klPerDimension.size() - above();
        List<Legend.Key> keys = new ArrayList<>();
        keys.add(new Legend.Key(above() + " above " + threshold + " nats", Ink.BLUE, Legend.Sign.BOX));
        if (below > 0) {
            keys.add(new Legend.Key(below + " below", Ink.SLATE, Legend.Sign.BOX));
        }
        return new Legend(keys);
    }
}
