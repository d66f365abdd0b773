package dev.elbo.handbook.concepts;

import dev.elbo.data.Batch;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Drawings;
import dev.elbo.handbook.toy.Taught;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The aggregated posterior q(z) = mean of q(z|xₙ) of a VAE against its prior, and what is decoded from a hole: a place that the
 * prior likes and no example's code is near. The rate is taken apart as in Hoffman and Johnson (2016), ELBO surgery: the information
 * between x and z, and KL(q(z) ‖ p(z)).
 */
public final class AggregatedPosterior implements Experiment {
    private static final double EDGE = 3.2;
    private static final double LIKELY = 1.8;
    private static final double APART = 0.45;
    private static final int SHOWN = 7;

    @Override
    public String name() {
        return "aggregated-posterior";
    }

    /** A place of the latent plane, with log q(z) and log p(z). */
    private record Place(double first, double second, double posterior, double prior) {
        double lack() {
            return prior - posterior;
        }

        double distance(Place other) {
            return Math.hypot(first - other.first, second - other.second);
        }
    }

    @Override
    public Finding run(Effort effort) {
        Drawings drawings = Drawings.things(effort.of(1024, 32), 1);
        try (Scope scope = Scope.open("aggregated")) {
            Taught taught = Taught.on(drawings, "vae", Map.of("latents", "2", "hidden", "128, 64"), effort.of(60, 1));
            return look(effort, drawings, taught);
        }
    }

    private static Finding look(Effort effort, Drawings drawings, Taught taught) {
        try (Scope scope = Scope.open("aggregated");
                Inference use = Inference.begin()) {
            Batch batch = Batch.of(Map.of(Drawings.FIELD, drawings.images()), Device.CPU);
            Draw draw = taught.model().draw(batch, 1, Pass.evaluation(Rng.seeded(2, Device.CPU)));
            Latent z = draw.latents().get(0);
            DiagonalNormal posteriors = (DiagonalNormal) z.posterior();
            double[] grid = Numbers.range(-EDGE, EDGE, effort.of(97, 15));
            List<Place> places = places(grid, posteriors);
            List<Place> holes = spread(places, Place::lack);
            List<Place> dense = spread(places, Place::posterior);
            HostArray ofHoles = taught.decoded(points(holes));
            HostArray ofDense = taught.decoded(points(dense));
            double rate = z.kl().mean().item();
            double apart =
                    logAggregated(posteriors, z.value().squeeze(0)).mean().item()
                            - z.logPrior().mean().item();
            Sheet sheet = Sheet.of(
                    Words.of(
                            "The aggregated posterior of a VAE has islands and empty places where the prior has none; pictures that"
                                    + " are decoded from islands are like the drawings, those from holes are mixtures.",
                            "VAE 的聚合后验有岛屿也有空洞，而先验没有；从岛屿解码的图像与数据相像，从空洞解码的是混杂的图像。"),
                    map(grid, places, holes, dense),
                    FiveAutoencoders.plane(
                                    Words.of("The codes of the drawings", "各图像的编码"), taught.codes(drawings), drawings)
                            .xFrom(-EDGE, EDGE)
                            .yFrom(-EDGE, EDGE),
                    new Pictures(
                            Words.of("Decoded", "解码结果"),
                            HostArray.concat(List.of(drawings.images().rows(0, SHOWN), ofDense, ofHoles)),
                            SHOWN,
                            List.of(
                                    Words.of("drawings", "数据"),
                                    Words.of("dense places", "稠密处"),
                                    Words.of("holes", "空洞"))),
                    Chart.titled(Words.of("What the rate is made of", "码率的组成"))
                            .y(Words.of("nats", "奈特"))
                            .bars(
                                    Words.same(""),
                                    List.of(
                                            Words.of("rate", "码率"),
                                            Words.same("I(x; z)"),
                                            Words.same("KL(q(z) ‖ p(z))")),
                                    new double[] {rate, rate - apart, apart}));
            return new Finding(
                    sheet,
                    Map.of(
                            "rate",
                            rate,
                            "information",
                            rate - apart,
                            "apart",
                            apart,
                            "logExamples",
                            Math.log(drawings.size()),
                            "strangenessOfHoles",
                            Points.strangeness(ofHoles, drawings.images()),
                            "strangenessOfDense",
                            Points.strangeness(ofDense, drawings.images()),
                            "emptyShare",
                            emptyShare(places, grid[1] - grid[0]),
                            "lackOfHole",
                            holes.get(0).lack() / Math.log(10)));
        }
    }

    /** log q(z) = log mean of N(z; μₙ, σₙ²) over all examples, [N] of points [N, D]. */
    private static Tensor logAggregated(DiagonalNormal posteriors, Tensor points) {
        Tensor each = posteriors.logProbUnderEach(points, 1); // [points, examples]
        return each.logSumExp(-1).minus(Math.log((double) each.size(-1)));
    }

    private static List<Place> places(double[] grid, DiagonalNormal posteriors) {
        float[] values = new float[2 * grid.length * grid.length];
        for (int i = 0; i < values.length; i += 2) {
            values[i] = (float) grid[i / 2 % grid.length];
            values[i + 1] = (float) grid[i / 2 / grid.length];
        }
        Tensor points = Tensor.of(values, grid.length * (long) grid.length, 2);
        float[] posterior = logAggregated(posteriors, points).toFloats();
        float[] prior = DiagonalNormal.standard(2, Device.CPU).logProb(points).toFloats();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < posterior.length; i++) {
            places.add(new Place(values[2 * i], values[2 * i + 1], posterior[i], prior[i]));
        }
        return places;
    }

    /** The places with the most of something, where the prior is likely, and some way from each other. */
    private static List<Place> spread(List<Place> places, ToDoubleFunction<Place> much) {
        List<Place> chosen = new ArrayList<>();
        places.stream()
                .filter(place -> Math.hypot(place.first(), place.second()) < LIKELY)
                .sorted(Comparator.comparingDouble(much).reversed())
                .forEach(place -> {
                    if (chosen.size() < SHOWN && chosen.stream().allMatch(other -> other.distance(place) > APART)) {
                        chosen.add(place);
                    }
                });
        return chosen;
    }

    private static double[][] points(List<Place> places) {
        return places.stream()
                .map(place -> new double[] {place.first(), place.second()})
                .toArray(double[][]::new);
    }

    /** How likely the prior is to draw a z at which q(z) is less than a tenth of p(z). */
    private static double emptyShare(List<Place> places, double step) {
        return places.stream()
                .filter(place -> place.lack() > Math.log(10))
                .mapToDouble(place -> step * step * Math.exp(place.prior()))
                .sum();
    }

    private static Chart map(double[] grid, List<Place> places, List<Place> holes, List<Place> dense) {
        double[][] density = new double[grid.length][grid.length];
        for (int i = 0; i < places.size(); i++) {
            density[i / grid.length][i % grid.length] =
                    Math.sqrt(Math.exp(places.get(i).posterior()));
        }
        double[][] prior = Numbers.table(grid, grid, Math::hypot);
        return Chart.titled(Words.of("q(z), dark, and the prior", "q(z)（深色）与先验"))
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .xFrom(-EDGE, EDGE)
                .yFrom(-EDGE, EDGE)
                .heat(Ink.BLUE, grid, grid, density)
                .contours(Words.of("prior at 1, 2 and 3 σ", "先验的 1、2、3 σ"), Ink.SLATE, grid, grid, prior, 1, 2, 3)
                .dots(Words.of("dense", "稠密处"), Ink.GREEN, 4, Points.of(points(dense), 0), Points.of(points(dense), 1))
                .dots(
                        Words.of("holes", "空洞"),
                        Ink.CRIMSON,
                        4,
                        Points.of(points(holes), 0),
                        Points.of(points(holes), 1));
    }
}
