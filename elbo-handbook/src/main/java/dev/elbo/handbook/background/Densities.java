package dev.elbo.handbook.background;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.prior.MixtureFit;
import dev.elbo.prior.MixturePrior;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/** What is asked of a density of the plane: its values over a grid, samples, and how likely points are. */
final class Densities {
    static final double REACH = 3;
    private static final int SIDE = 61;

    private Densities() {}

    /** The likeliest mixture of so many normals. */
    static MixturePrior mixture(HostArray points, int components) {
        Rng rng = Rng.seeded(1, Device.CPU);
        MixturePrior mixture = MixturePrior.of(components, 2, new Initializer(rng, Device.CPU));
        try (Scope scope = Scope.open("fit")) {
            mixture.become(MixtureFit.of(Tensor.of(points, Device.CPU), components, rng)
                    .mixture());
        }
        return mixture;
    }

    /** Values of x, and of y. */
    static double[] axis() {
        return Numbers.range(-REACH, REACH, SIDE);
    }

    /** p at each point of the grid, [y][x]. */
    static double[][] over(Conditional<? extends Distribution> density) {
        double[] axis = axis();
        float[] points = new float[2 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            points[2 * i] = (float) axis[i % SIDE];
            points[2 * i + 1] = (float) axis[i / SIDE];
        }
        double[] logs = logProb(density, HostArray.of(points, (long) SIDE * SIDE, 2));
        double[][] values = new double[SIDE][];
        for (int row = 0; row < SIDE; row++) {
            values[row] = Arrays.stream(logs, row * SIDE, (row + 1) * SIDE)
                    .map(Math::exp)
                    .toArray();
        }
        return values;
    }

    /** log p of points [N, 2], in nats. */
    static double[] logProb(Conditional<? extends Distribution> density, HostArray points) {
        try (Scope scope = Scope.open("density");
                Inference use = Inference.begin()) {
            return density.given(Pass.deterministic())
                    .logProb(Tensor.of(points, Device.CPU))
                    .toHost()
                    .toDoubles();
        }
    }

    /** The mean of log p over points. */
    static double meanLogProb(Conditional<? extends Distribution> density, HostArray points) {
        return Arrays.stream(logProb(density, points)).average().orElseThrow();
    }

    /** Samples, [N, 2]. */
    static HostArray samples(Conditional<? extends Distribution> density, int count, long seed) {
        try (Scope scope = Scope.open("samples");
                Inference use = Inference.begin()) {
            return density.given(Pass.deterministic())
                    .sample(count, Rng.seeded(seed, Device.CPU))
                    .toHost();
        }
    }
}
