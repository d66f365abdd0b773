package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A linear map divided by its largest singular value σ, y = x · (W/σ)ᵀ + bias, so that no vector is stretched. σ = uᵀ W v by power
 * iteration, one turn in each pass of training: v = Wᵀu/‖·‖, u = W v/‖·‖. Miyato et al. (2018), algorithm 1. Gradients pass through
 * σ; u and v are constants to them.
 *
 * @param weight W, [out, in]
 * @param bias [out]
 * @param u the left singular vector, [out]; a buffer
 */
public record SpectralNorm(Tensor weight, Tensor bias, Tensor u) implements Layer {
    /** Turns of power iteration with the first weights. */
    private static final int FIRST_TURNS = 20;

    private static final double LEAST = 1e-12;

    /** Of a linear map with its first weights, with noise for the first singular vector. */
    public static SpectralNorm of(Linear linear, Initializer initial) {
        SpectralNorm bounded = new SpectralNorm(
                linear.weight(),
                linear.bias(),
                initial.rng().normal(Shape.of(linear.weight().size(0))));
        for (int i = 0; i < FIRST_TURNS; i++) {
            bounded.turn();
        }
        return bounded;
    }

    /**
     * A network whose linear maps are all divided so.
     *
     * @throws IllegalArgumentException if it has parameters in other layers
     */
    public static Layer in(Layer network, Initializer initial) {
        if (network instanceof Sequential sequential) {
            return new Sequential(sequential.layers().stream()
                    .map(layer -> in(layer, initial))
                    .toList());
        }
        if (network instanceof Linear linear) {
            return of(linear, initial);
        }
        if (!network.parameters().isEmpty()) {
            throw new IllegalArgumentException("spectral normalisation is of linear layers; got "
                    + network.getClass().getSimpleName() + ". Choose another regulariser, or a network without it");
        }
        return network;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (pass.training()) {
            turn();
        }
        Tensor left = u.copy(); // the next pass moves u before this one's gradients are computed
        Tensor right;
        try (GradientMode off = GradientMode.off()) {
            right = right();
        }
        Tensor sigma =
                left.unsqueeze(0).matmul(weight.matmul(right.unsqueeze(1))).reshape(Shape.of());
        return Functional.linear(x, weight.over(sigma), bias);
    }

    private void turn() {
        try (GradientMode off = GradientMode.off()) {
            u.assign(unit(weight.matmul(right().unsqueeze(1)).squeeze(1)));
        }
    }

    /** v, [in]. */
    private Tensor right() {
        return unit(weight.transpose(0, 1).matmul(u.unsqueeze(1)).squeeze(1));
    }

    private static Tensor unit(Tensor vector) {
        return vector.over(vector.norm().plus(LEAST));
    }
}
