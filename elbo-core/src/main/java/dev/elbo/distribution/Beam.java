package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * The likeliest beginnings of each of N sequences, the likeliest first. One that has ended stays as it is, and competes with the
 * others by its probability: by log p / Tᵅ, where T is its length and α the length penalty. With α = 0 short sequences win, since each
 * token makes one less likely. After Wu et al. (2016), section 7, arXiv:1609.08144, without the constant 5.
 *
 * @param sequences INT64 [N · B, t]
 * @param logProbs of the beginnings in nats, [N, B]
 * @param lengths T of the beginnings, an end included, FLOAT32 [N, B]
 * @param goesOn which have not ended, [N · B]
 * @param memory of what writes them
 */
record Beam(Tensor sequences, Tensor logProbs, Tensor lengths, Tensor goesOn, Writer.Memory memory) {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** B beginnings without a token each. They are the same, so that all but one of each sequence must not count. */
    static Beam first(Writer.Memory memory, long begin, long rows, int width, Device device) {
        Tensor others = Tensor.arange(width, device).greaterThan(0);
        Tensor logProbs = Tensor.zeros(device, width).maskedFill(others, NEVER).expand(Shape.of(rows, width));
        Tensor none = Tensor.zeros(DType.INT64, device, Shape.of(rows * width, 0));
        return new Beam(
                none,
                logProbs,
                logProbs.zerosLike(),
                Tensor.arange(rows * width, device).atLeast(0),
                memory);
    }

    /** The token that each beginning ends with, INT64 [N · B]; {@code begin} where there is none yet. */
    Tensor last(long begin) {
        return sequences.size(1) == 0
                ? Tensor.zeros(DType.INT64, sequences.device(), Shape.of(sequences.size(0)))
                        .plusInPlace((double) begin)
                : sequences.get(1, sequences.size(1) - 1);
    }

    /**
     * The likeliest of all beginnings with one more token.
     *
     * @param scores of the next tokens, [N · B, V]
     * @param memories what is remembered of each beginning with its last token
     * @param penalty α
     */
    Beam followed(Tensor scores, Writer.Memory memories, long end, double penalty) {
        long rows = logProbs.size(0);
        long width = logProbs.size(1);
        long vocabulary = scores.size(-1);
        Tensor isWord = Tensor.arange(vocabulary, scores.device()).greaterThan(0);
        Tensor padding = Tensor.zeros(scores.device(), vocabulary).maskedFill(isWord, NEVER);
        Tensor next = goesOn.unsqueeze(-1).where(scores.logSoftmax(-1), padding);
        Tensor all = logProbs.reshape(rows * width, 1).plus(next); // [N · B, V]
        Tensor longer =
                lengths.reshape(rows * width, 1).plus(goesOn.unsqueeze(-1).to(DType.FLOAT32));
        Tensor ranked = penalty == 0 ? all : all.over(longer.pow(penalty));
        var best = ranked.reshape(rows, width * vocabulary).topk(width, -1);
        Tensor place = best.indices().to(DType.FLOAT64); // exact up to 2⁵³
        Tensor of = place.over((double) vocabulary).floor();
        Tensor token =
                place.minus(of.times((double) vocabulary)).to(DType.INT64).reshape(rows * width);
        Tensor row = Tensor.arange(rows, scores.device()).to(DType.FLOAT64).times((double) width);
        Tensor from = of.plus(row.unsqueeze(-1)).to(DType.INT64).reshape(rows * width);
        return new Beam(
                Tensor.cat(1, sequences.select(0, from), token.unsqueeze(-1)),
                all.reshape(rows, width * vocabulary).gather(1, best.indices()),
                longer.select(0, from).reshape(rows, width),
                goesOn.select(0, from).and(token.equalTo((double) end).not()),
                memories.select(from));
    }

    /** The same, which outlives a scope. */
    Beam kept(Scope scope) {
        return new Beam(
                scope.keep(sequences),
                scope.keep(logProbs),
                scope.keep(lengths),
                scope.keep(goesOn),
                memory.kept(scope));
    }

    /** The likeliest of each, INT64 [N, t]. */
    Tensor likeliest() {
        return sequences
                .reshape(logProbs.size(0), logProbs.size(1), sequences.size(1))
                .get(1, 0);
    }
}
