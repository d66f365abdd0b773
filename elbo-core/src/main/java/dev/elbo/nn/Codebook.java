package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A vector quantiser: M vectors, the nearest of which stands for a vector that a network puts out. Van den Oord et al. (2017),
 * eq. 1 and 2.
 *
 * <p>Passes of training move the codebook, as moving averages of what each code stands for (appendix A.1 there): nₖ ← γ nₖ +
 * (1 − γ) count, mₖ ← γ mₖ + (1 − γ) sum, eₖ = mₖ / nₖ. A code that stands for too little is put onto one of the batch's
 * vectors, drawn at random, so that all codes are in use; in the first pass all are.
 *
 * @param embedding the codes' vectors eₖ, [M, D]; a buffer, as are the others
 * @param counts nₖ, how many vectors of a batch each code stands for, [M]
 * @param sums mₖ, of these vectors, [M, D]
 * @param decay γ
 * @param least the fraction of an equal share of a batch's vectors below which a code is moved
 */
public record Codebook(Tensor embedding, Tensor counts, Tensor sums, double decay, double least) implements Quantiser {

    /**
     * Validates decay and least share.
     *
     * @throws IllegalArgumentException if one is not between 0 and 1
     */
    public Codebook {
        if (!(decay > 0 && decay < 1 && least > 0 && least < 1)) {
            throw new IllegalArgumentException(
                    "decay and least share of a codebook are in (0, 1); got " + decay + " and " + least);
        }
    }

    /** With vectors of N(0, I) until the first pass of training. */
    public static Codebook of(long codes, long dims, double decay, double least, Initializer initial) {
        return new Codebook(
                initial.rng().normal(Shape.of(codes, dims)),
                initial.buffer(0, codes),
                initial.buffer(0, codes, dims),
                decay,
                least);
    }

    @Override
    public long codes() {
        return embedding.size(0);
    }

    @Override
    public long dims() {
        return embedding.size(1);
    }

    /** In a pass of training the codebook is moved. */
    @Override
    public Quantisation quantise(Tensor x, Pass pass) {
        Tensor real = x.to(DType.FLOAT32); // [..., D]
        Tensor codes;
        Tensor nearest;
        try (GradientMode off = GradientMode.off()) {
            Tensor flat = real.detach().reshape(-1, embedding.size(1)); // [N, D]
            if (pass.training()) {
                revive(flat, pass.rng());
            }
            Tensor flatCodes = nearest(flat); // [N]
            codes = flatCodes.reshape(x.shape().dropLast(1));
            nearest = vectors(codes);
            if (pass.training()) {
                follow(flat, flatCodes);
            }
        }
        Tensor distance = real.minus(nearest).square().sum(-1);
        return new Quantisation(codes, nearest.plus(real.minus(real.detach())), distance);
    }

    /** INT64 [...] → [..., D]. */
    @Override
    public Tensor vectors(Tensor codes) {
        return Functional.embedding(codes, embedding);
    }

    /** argminₖ ‖x − eₖ‖² = argmaxₖ x eₖ − ½ ‖eₖ‖², in FLOAT64: far from 0, a difference of large numbers. */
    private Tensor nearest(Tensor flat) {
        Tensor e = embedding.to(DType.FLOAT64);
        Tensor halfNorms = e.square().sum(-1).times(-0.5);
        return Functional.linear(flat.to(DType.FLOAT64), e, halfNorms).argmax(-1);
    }

    /** Moves codes that stand for too little onto vectors of the batch, with a count that they have to earn at once. */
    private void revive(Tensor flat, Rng rng) {
        long vectors = flat.size(0);
        double enough = least * vectors / counts.size(0);
        Tensor alive = counts.greaterThan(enough);
        Tensor chosen = rng.uniform(counts.shape())
                .times((double) vectors)
                .to(DType.INT64)
                .clamp(0, (double) vectors - 1);
        Tensor fresh = flat.select(0, chosen);
        embedding.assign(alive.unsqueeze(-1).where(embedding, fresh));
        sums.assign(alive.unsqueeze(-1).where(sums, fresh.times(enough)));
        counts.assign(alive.where(counts, counts.zerosLike().fill(enough)));
    }

    /** Moves each code's averages towards the vectors that it stands for. */
    private void follow(Tensor flat, Tensor codes) {
        Tensor members = codes.oneHot(counts.size(0)); // [N, M]
        counts.lerpInPlace(members.sum(0), 1 - decay);
        sums.lerpInPlace(members.transpose(0, 1).matmul(flat), 1 - decay);
        embedding.assign(sums.over(counts.unsqueeze(-1)));
    }
}
