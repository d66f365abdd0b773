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
import java.util.List;
import java.util.Map;

/**
 * The vector-quantised variational autoencoder, van den Oord et al. (2017): x is encoded as a map of codes, each the index of
 * the vector of a codebook that is nearest to what the encoder puts out. The posterior is a point, and the prior p(codes) is
 * learned, so that log p(x | codes) + log p(codes) is a lower bound of log p(x), and the rate −log p(codes).
 *
 * @param encoder x to vectors, [B, event...] → [B, D, H, W]
 * @param prior p(codes), over INT64 [H, W]
 * @param likelihood p(x | vectors), given [..., D, H, W]
 * @param signature one field x, no conditions, and the latent codes
 */
public record VqVae(
        Layer encoder,
        Quantiser codebook,
        Conditional<? extends Distribution> prior,
        Conditional<? extends Distribution> likelihood,
        Signature signature)
        implements LatentVariableModel {
    /** What the latent is called. */
    public static final String CODES = "codes";

    /** The name of the penalty Σ ‖x − sg(e)‖² over a map, van den Oord et al. (2017), the third term of eq. 3 without β. */
    public static final String COMMITMENT = "commitment";

    private static final int MAP_RANK = 2;

    /**
     * With codes of a codebook. Where several stand for one vector, they lie side by side in a row of the map, which is so much
     * wider.
     *
     * @param observed the field x
     * @param places of the encoder's map, [H, W]
     */
    public VqVae(
            Layer encoder,
            Quantiser codebook,
            Conditional<? extends Distribution> prior,
            Conditional<? extends Distribution> likelihood,
            String observed,
            Shape places) {
        this(
                encoder,
                codebook,
                prior,
                likelihood,
                new Signature(
                        List.of(observed),
                        List.of(),
                        List.of(Variable.codes(CODES, map(places, codebook), codebook.codes()))));
    }

    /** [H, W R]. */
    public static Shape map(Shape places, Quantiser codebook) {
        return Shape.of(places.size(0), places.size(1) * codebook.depth());
    }

    /** Makes one sample, whatever K: all would be the same. */
    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Quantiser.Quantisation quantised = quantise(read, pass);
        Point q = new Point(asMap(quantised), MAP_RANK);
        Latent codes = new Latent(CODES, q.sample(), q, prior.given(pass));
        Distribution p = likelihood.given(pass, asChannels(quantised.vectors().unsqueeze(0))); // [1, B, event...]
        return new Draw(
                List.of(codes),
                Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed())))),
                Map.of(COMMITMENT, quantised.distance().sumLast(MAP_RANK).mean()));
    }

    private String observed() {
        return signature.observed().get(0);
    }

    private Quantiser.Quantisation quantise(Batch read, Pass pass) {
        Tensor encoded = encoder.forward(read.get(observed()), pass); // [B, D, H, W]
        return codebook.quantise(encoded.moveDim(-3, -1), pass);
    }

    /** Vectors side by side, [..., H, W, D], as channels, [..., D, H, W]. */
    private static Tensor asChannels(Tensor vectors) {
        return vectors.moveDim(-1, -3);
    }

    /** Codes of [B, H, W] places as [B, H, W R]. */
    private Tensor asMap(Quantiser.Quantisation quantised) {
        Shape map = signature.latent(CODES).shape();
        Tensor codes = quantised.codes();
        return codes.reshape(Shape.of(codes.size(0)).append(map.sizes()));
    }

    /** The vectors of maps [..., H, W R], as channels. */
    private Tensor vectors(Tensor maps) {
        long depth = codebook.depth();
        Shape leading = maps.shape().dropLast(1).append(maps.size(-1) / depth);
        return asChannels(codebook.vectors(depth == 1 ? maps : maps.reshape(leading.append(depth))));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        return Map.of(CODES, asMap(quantise(read, pass)));
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        return Map.of(CODES, prior.given(pass).sample(count, temperature, pass.rng()));
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor given = latents.get(CODES);
        Tensor codes = given == null ? prior.given(pass).centre() : given;
        return Map.of(observed(), likelihood.given(pass, vectors(codes)));
    }
}
