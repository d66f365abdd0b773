package dev.elbo.handbook.concepts;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Scored;
import dev.elbo.handbook.toy.Normal;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Automatic differentiation variational inference for {@link PointsOfTwo}, after Kucukelbir et al. (2017): q(μ) is a diagonal
 * normal, and its parameters follow reparameterised gradients of the bound. Memberships cannot be differentiated by, and are summed
 * out. Distribution, gradients and optimizer are those that a VAE is trained with.
 */
final class MixtureAdvi {
    private static final int SAMPLES = 16;
    private static final double LEARNING_RATE = 0.05;

    private final Tensor points;
    private final Tensor loc;
    private final Tensor logVar;
    private final ParameterBuffer parameters;
    private final Adam adam;
    private final Rng rng;
    private final DiagonalNormal prior;

    /** Begins; its tensors live in the current scope. */
    MixtureAdvi(PointsOfTwo data, long seed) {
        float[] x = new float[data.x().length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) data.x()[i];
        }
        points = Tensor.of(x, x.length, 1, 1); // [N, 1, 1], to be broadcast over samples and components
        loc = Tensor.of(new float[] {-0.1f, 0.1f}, PointsOfTwo.COMPONENTS).requireGradient();
        logVar = Tensor.zeros(Device.CPU, PointsOfTwo.COMPONENTS).requireGradient();
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put("loc", loc);
        named.put("logVar", logVar);
        parameters = new ParameterBuffer(named);
        adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
        adam.learningRate().fill(LEARNING_RATE);
        rng = Rng.seeded(seed, Device.CPU);
        Tensor logSpread = Tensor.zeros(Device.CPU, PointsOfTwo.COMPONENTS).fill(2 * Math.log(PointsOfTwo.SPREAD));
        prior = new DiagonalNormal(logSpread.zerosLike(), logSpread, 1);
    }

    /** A step uphill on an estimate of the bound from a few samples. */
    void step() {
        try (Scope scope = Scope.open("step")) {
            parameters.clearGradients();
            bound().negate().backward();
            adam.step();
        }
    }

    /** The mean over samples of log p(x, μ) − log q(μ), of rank 0. */
    private Tensor bound() {
        Scored sample = new DiagonalNormal(loc, logVar, 1).rsample(SAMPLES, rng);
        Tensor joint = prior.logProb(sample.value()).plus(logLikelihood(sample.value()));
        return joint.minus(sample.logProb()).mean();
    }

    /** Σᵢ log ½ Σₖ N(xᵢ; μₖ, 1) of each sample, [S]. */
    private Tensor logLikelihood(Tensor centres) {
        Tensor each = new DiagonalNormal(centres, centres.zerosLike(), 0).logProbPerElement(points); // [N, S, K]
        return each.logSumExp(-1).minus(Math.log(PointsOfTwo.COMPONENTS)).sum(0);
    }

    /** q(μₖ) as it is now. */
    Normal centre(int k) {
        return new Normal(loc.toFloats()[k], Math.exp(logVar.toFloats()[k] / 2));
    }
}
