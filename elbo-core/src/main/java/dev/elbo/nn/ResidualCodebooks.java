package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Codebooks one after another, each of which quantises what those before it left over: x ≈ e¹ + e² + …, and a vector has a code of
 * each. Zeghidour et al. (2022), "SoundStream", section III-C and algorithm 1; Lee et al. (2022), section 3.1.
 *
 * @param books of as many codes of as many dimensions
 */
public record ResidualCodebooks(List<Codebook> books) implements Quantiser {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public ResidualCodebooks {
        books = List.copyOf(books);
        if (books.size() < 2) {
            throw new IllegalArgumentException("residual codebooks are two or more; of one, make a Codebook");
        }
    }

    @Override
    public long codes() {
        return books.get(0).codes();
    }

    @Override
    public long dims() {
        return books.get(0).dims();
    }

    @Override
    public long depth() {
        return books.size();
    }

    /** The distance is what is left over in the end, and pulls x to what all codes say together. */
    @Override
    public Quantisation quantise(Tensor x, Pass pass) {
        List<Tensor> codes = new ArrayList<>();
        Tensor rest = x.detach();
        Tensor sum = x.detach().zerosLike();
        for (Codebook book : books) {
            Quantisation part = book.quantise(rest, pass);
            codes.add(part.codes());
            Tensor said = part.vectors();
            sum = sum.plus(said);
            rest = rest.minus(said);
        }
        Tensor distance = x.minus(sum).square().sum(-1);
        return new Quantisation(
                Tensor.stack(codes.get(0).rank(), codes.toArray(Tensor[]::new)),
                sum.plus(x.minus(x.detach())),
                distance);
    }

    /** INT64 [..., R] → [..., D]. */
    @Override
    public Tensor vectors(Tensor codes) {
        Tensor sum = books.get(0).vectors(codes.get(-1, 0));
        for (int r = 1; r < books.size(); r++) {
            sum = sum.plus(books.get(r).vectors(codes.get(-1, r)));
        }
        return sum;
    }
}
