package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * N(loc, diag(exp(logVar))).
 *
 * @param loc mean, [batch..., event...]
 * @param logVar logarithm of the variance, of the same shape or broadcast to it
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record DiagonalNormal(Tensor loc, Tensor logVar, int eventRank) implements Pathwise, Factorised {
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    /** N(0, I) over vectors of this many dimensions. */
    public static DiagonalNormal standard(long dims, Device device) {
        return new DiagonalNormal(Tensor.zeros(device, dims), Tensor.zeros(device, dims), 1);
    }

    /**
     * A vector for each of some steps, N(loc, exp(logVar)) by the halves of what a network gives for a step; N(0, 1) at padding, so that
     * between two of the same steps padding costs nothing.
     *
     * @param output [batch..., T, 2 D]
     * @param mask 1 at steps that count and 0 at padding, [batch..., T, 1]
     */
    public static DiagonalNormal ofSteps(Tensor output, Tensor mask) {
        Tensor counted = mask.greaterThan(0).where(output, output.zerosLike());
        return new DiagonalNormal(counted.half(0), counted.half(1), 2);
    }

    /** z = loc + exp(logVar / 2) ε with ε of N(0, I). Kingma and Welling (2014), section 2.4. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor epsilon = Noise.normal(loc, samples, rng);
        Tensor value = Functional.normalSample(loc, logVar, epsilon);
        return new Scored(value, () -> logProb(value));
    }

    @Override
    public DiagonalNormal detached() {
        return new DiagonalNormal(loc.detach(), logVar.detach(), eventRank);
    }

    /** −½ ((v − loc)² exp(−logVar) + logVar + log 2π). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor squares = value.minus(loc).square().times(logVar.negate().exp());
        return squares.plus(logVar).plus(LOG_2PI).times(-0.5);
    }

    /**
     * Of vectors under [M] normals by one product, −½ ([z², z] · [1/σ², −2μ/σ²]ᵀ + Σ μ²/σ² + …), which takes no memory of
     * [..., M, D]. Its terms are (z/σ)², whose differences may be far smaller, so that it is computed in FLOAT64.
     */
    @Override
    public Tensor logProbUnderEach(Tensor values, int rank) {
        if (eventRank != 1 || loc.rank() != 2 || !logVar.shape().equals(loc.shape())) {
            return Pathwise.super.logProbUnderEach(values, rank);
        }
        Tensor z = values.to(DType.FLOAT64);
        Tensor mean = loc.to(DType.FLOAT64);
        Tensor precision = logVar.to(DType.FLOAT64).negate().exp();
        Tensor pull = mean.times(precision);
        Tensor factors = Tensor.cat(-1, precision, pull.times(-2)); // [M, 2 D]
        Tensor squares = Tensor.cat(-1, z.square(), z).matmul(factors.transpose(0, 1)); // [..., M]
        Tensor rest =
                pull.times(mean).plus(logVar.to(DType.FLOAT64)).plus(LOG_2PI).sum(-1); // [M]
        return squares.plus(rest).times(-0.5).to(values.dtype());
    }

    @Override
    public Tensor centre() {
        return loc;
    }

    /** ½ (exp(t) + (loc − loc')² exp(−logVar') − 1 − t) with t = logVar − logVar'. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof DiagonalNormal to)) {
            return Optional.empty();
        }
        return Optional.of(Functional.normalDivergence(loc, logVar, to.loc, to.logVar));
    }
}
