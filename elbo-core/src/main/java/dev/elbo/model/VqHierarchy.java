package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Point;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Quantiser;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image as two maps of codes: a small one for the whole, and a large one for what the small one leaves out. Razavi et al. (2019),
 * section 3.1 and algorithm 1. Both posteriors are points, and the priors p(top) and p(bottom|top) are learned.
 *
 * @param features x to maps, [B, C, H, W]
 * @param climb of the features, to what becomes codes of the top, [B, D, H', W']
 * @param top its codebook
 * @param descend of the top's vectors, to maps like the features
 * @param join of features and what descends, side by side, to what becomes codes of the bottom, [B, D, H, W]
 * @param bottom its codebook
 * @param priorTop p(top)
 * @param priorBottom p(bottom | vectors of the top)
 * @param likelihood p(x | vectors of the bottom and what descends, side by side)
 * @param signature one field x, and the latents from the top down
 */
public record VqHierarchy(
        Layer features,
        Layer climb,
        Quantiser top,
        Layer descend,
        Layer join,
        Quantiser bottom,
        Conditional<? extends Distribution> priorTop,
        Conditional<? extends Distribution> priorBottom,
        Conditional<? extends Distribution> likelihood,
        Signature signature)
        implements LatentVariableModel {
    /**
     * Validates the codebooks.
     *
     * @throws IllegalArgumentException if one has several codes for a vector, which a map of codes has no place for
     */
    public VqHierarchy {
        if (top.depth() != 1 || bottom.depth() != 1) {
            throw new IllegalArgumentException("a hierarchy of maps has one code at each place; got " + top.depth()
                    + " at the top and " + bottom.depth() + " below. Use a Codebook or FiniteScalars");
        }
    }

    /** What the codes of the small map are called. */
    public static final String TOP = "top";

    /** What the codes of the large map are called. */
    public static final String BOTTOM = "bottom";

    private static final int MAP_RANK = 2;
    private static final int CHANNELS = -3;

    /**
     * With codes of maps.
     *
     * @param observed the field x
     * @param small the shape of the top's map, [H', W']
     * @param large that of the bottom's, [H, W]
     */
    public VqHierarchy(
            Layer features,
            Layer climb,
            Quantiser top,
            Layer descend,
            Layer join,
            Quantiser bottom,
            Conditional<? extends Distribution> priorTop,
            Conditional<? extends Distribution> priorBottom,
            Conditional<? extends Distribution> likelihood,
            String observed,
            Shape small,
            Shape large) {
        this(
                features,
                climb,
                top,
                descend,
                join,
                bottom,
                priorTop,
                priorBottom,
                likelihood,
                new Signature(
                        List.of(observed),
                        List.of(),
                        List.of(
                                Variable.codes(TOP, small, top.codes()),
                                Variable.codes(BOTTOM, large, bottom.codes()))));
    }

    private record Quantised(Quantiser.Quantisation top, Quantiser.Quantisation bottom, Tensor joined) {}

    private Quantised quantise(Batch read, Pass pass) {
        Tensor seen = features.forward(read.get(observed()), pass);
        Quantiser.Quantisation above = top.quantise(climb.forward(seen, pass).moveDim(CHANNELS, -1), pass);
        Tensor said = descend.forward(asChannels(above.vectors()), pass);
        Tensor both = join.forward(Tensor.cat(CHANNELS, seen, said), pass);
        Quantiser.Quantisation below = bottom.quantise(both.moveDim(CHANNELS, -1), pass);
        return new Quantised(above, below, Tensor.cat(CHANNELS, asChannels(below.vectors()), said));
    }

    private String observed() {
        return signature.observed().get(0);
    }

    /** Vectors side by side, [..., H, W, D], as channels, [..., D, H, W]. */
    private static Tensor asChannels(Tensor vectors) {
        return vectors.moveDim(-1, CHANNELS);
    }

    /** Makes one sample, whatever K: all would be the same. */
    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Quantised quantised = quantise(read, pass);
        Distribution p = likelihood.given(pass, quantised.joined().unsqueeze(0)); // [1, B, event...]
        Distribution below =
                priorBottom.given(pass, asChannels(top.vectors(quantised.top().codes())));
        return new Draw(
                List.of(
                        latent(TOP, quantised.top().codes(), priorTop.given(pass)),
                        latent(BOTTOM, quantised.bottom().codes(), below)),
                Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed())))),
                Map.of("commitmentTop", far(quantised.top()), "commitmentBottom", far(quantised.bottom())));
    }

    private static Latent latent(String name, Tensor codes, Distribution prior) {
        Point q = new Point(codes, MAP_RANK);
        return new Latent(name, q.sample(), q, prior);
    }

    private static Tensor far(Quantiser.Quantisation quantised) {
        return quantised.distance().sumLast(MAP_RANK).mean();
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Quantised quantised = quantise(read, pass);
        Map<String, Tensor> codes = new LinkedHashMap<>();
        codes.put(TOP, quantised.top().codes());
        codes.put(BOTTOM, quantised.bottom().codes());
        return codes;
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Tensor whole = priorTop.given(pass).sample(count, temperature, pass.rng());
        Map<String, Tensor> codes = new LinkedHashMap<>();
        codes.put(TOP, whole);
        codes.put(
                BOTTOM,
                priorBottom
                        .given(pass, asChannels(top.vectors(whole)))
                        .sample(1, temperature, pass.rng())
                        .squeeze(0));
        return codes;
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor given = latents.get(TOP);
        Tensor whole = given == null ? priorTop.given(pass).centre() : given;
        Tensor vectors = asChannels(top.vectors(whole));
        Tensor detail = latents.get(BOTTOM);
        Tensor codes = detail == null ? priorBottom.given(pass, vectors).centre() : detail;
        Tensor said = descend.forward(vectors, pass);
        return Map.of(
                observed(), likelihood.given(pass, Tensor.cat(CHANNELS, asChannels(bottom.vectors(codes)), said)));
    }
}
