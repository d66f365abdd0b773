package dev.elbo.distribution;

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
