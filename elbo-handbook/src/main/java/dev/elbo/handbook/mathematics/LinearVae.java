package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Parameterised;
import dev.elbo.handbook.toy.RowTraining;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Sequential;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A VAE whose networks are linear maps, z ~ N(0, I), x|z ~ N(W z + b, σ² I), q(z|x) a diagonal normal: of Elbo's parts, with one
 * variance for all columns. What it believes of data, log p(x), has a closed form. Lucas et al. (2019), section 4.
 *
 * @param decoder W and b
 * @param logVar log σ², [1]
 */
record LinearVae(Vae vae, Linear decoder, Tensor logVar) {

    /** The head of p(x|z): a mean for each column, and one variance. */
    record OneVariance(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(output, logVar, 1);
        }
    }

    /** With first weights, and a variance that is learned. */
    static LinearVae of(int columns, int latents, long seed) {
        Initializer initial = initial(seed);
        return of(columns, latents, initial.constant(0, 1), initial);
    }

    /** With a variance that stays. */
    static LinearVae withVariance(double variance, int columns, int latents, long seed) {
        Initializer initial = initial(seed);
        return of(columns, latents, initial.buffer(Math.log(variance), 1), initial);
    }

    private static Initializer initial(long seed) {
        return new Initializer(Rng.seeded(seed, Device.CPU), Device.CPU);
    }

    private static LinearVae of(int columns, int latents, Tensor logVar, Initializer initial) {
        Linear encoder = Linear.of(columns, 2L * latents, initial);
        Linear decoder = Linear.of(latents, columns, initial);
        Vae vae = new Vae(
                new StandardNormal(latents, Device.CPU),
                new Parameterised<>(List.of(), Sequential.of(encoder), new NormalHead()),
                new Parameterised<>(List.of(), Sequential.of(decoder), new OneVariance(logVar)),
                RowTraining.ROW,
                List.of(),
                latents);
        return new LinearVae(vae, decoder, logVar);
    }

    /** σ². */
    double variance() {
        return Math.exp(logVar.item());
    }

    /** W in double precision, [D, latents]. */
    Tensor loadings() {
        return decoder.weight().detach().to(DType.FLOAT64);
    }

    /** The mean over rows of log p(x) = log N(x; b, W Wᵀ + σ² I) in nats. */
    double logEvidence(Tensor rows) {
        Tensor w = loadings();
        long columns = w.size(0);
        Tensor covariance = w.matmul(w.transpose(0, 1)).plus(identity(columns).times(variance()));
        Tensor lower = LinearAlgebra.cholesky(covariance);
        Tensor centred = rows.to(DType.FLOAT64).minus(decoder.bias().detach().to(DType.FLOAT64));
        Tensor whitened = LinearAlgebra.solveLower(lower, centred.transpose(0, 1)); // [D, N]
        double logDeterminant = LinearAlgebra.determinant(covariance).logAbs().item();
        double squares = whitened.square().sum(0).mean().item();
        return -0.5 * (columns * Math.log(2 * Math.PI) + logDeterminant + squares);
    }

    private static Tensor identity(long size) {
        return Tensor.arange(size, Device.CPU).oneHot(size).to(DType.FLOAT64);
    }
}
