package dev.elbo.handbook.toy;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import java.util.Random;

/** Fits a density to points by maximum likelihood: of those densities that can say log p(x) themselves. */
public final class Likeliest {
    private static final int BATCH = 200;
    private static final double RATE = 3e-3;

    private Likeliest() {}

    /**
     * Moves the density's parameters up the gradient of the mean of log p(x) over random points.
     *
     * @param points [N, D]
     */
    public static void fit(Conditional<? extends Distribution> density, HostArray points, int steps, long seed) {
        Random random = new Random(seed);
        try (Scope training = Scope.open("maximum likelihood")) {
            Tensor all = Tensor.of(points, Device.CPU);
            ParameterBuffer parameters = new ParameterBuffer(density.parameters());
            Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, 1e-8, 0);
            for (int step = 0; step < steps; step++) {
                try (Scope scope = Scope.open("step")) {
                    adam.learningRate().fill(RATE * (1 + Math.cos(Math.PI * step / steps)) / 2);
                    parameters.clearGradients();
                    Pass pass = Pass.training(Rng.seeded(Rng.seedOf(seed, step), Device.CPU));
                    Tensor x = all.select(0, Tensor.of(rows(random, all.size(0)), BATCH)); // [B, D]
                    density.given(pass).logProb(x).mean().negate().backward();
                    adam.step();
                }
            }
        }
    }

    private static long[] rows(Random random, long count) {
        return random.longs(BATCH, 0, count).toArray();
    }
}
