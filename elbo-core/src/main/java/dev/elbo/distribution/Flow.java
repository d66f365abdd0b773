package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.nn.Copy;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A distribution moved by bijections: y = f(x) with x of the base, log p(y) = log p(f⁻¹(y)) + log |det ∂f⁻¹(y)/∂y|. Rezende
 * and Mohamed (2015), eq. 5; Dinh et al. (2017), eq. 2.
 *
 * @param base of x, over vectors [batch..., D], or sequences of them, [batch..., T, D]
 * @param layers of f, the first applied first
 * @param steps how many dimensions of an event are of a sequence: 0 of a vector, 1 of a sequence of vectors
 */
public record Flow(Pathwise base, List<? extends Bijection> layers, int steps) implements Pathwise {
    /** Copies the list. */
    public Flow {
        layers = List.copyOf(layers);
    }

    /** Over vectors. */
    public Flow(Pathwise base, List<? extends Bijection> layers) {
        this(base, layers, 0);
    }

    @Override
    public Tensor logProb(Tensor value) {
        Bijection.Image x = Bijection.Image.of(value);
        for (int i = layers.size() - 1; i >= 0; i--) {
            x = x.then(layers.get(i)::inverse);
        }
        return base.logProb(x.value()).plus(x.logDeterminant().sumLast(steps));
    }

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = image(base.rsample(samples, rng).value());
        return new Scored(value, () -> logProb(value));
    }

    private Tensor image(Tensor x) {
        Tensor y = x;
        for (Bijection layer : layers) {
            y = layer.forward(y).value();
        }
        return y;
    }

    /** The image of a draw of the base at that temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return image(base.sample(samples, temperature, rng)).detach();
    }

    /** The image of the base's centre: a flow's mean has no closed form. */
    @Override
    public Tensor centre() {
        return image(base.centre());
    }

    @Override
    public Flow detached() {
        return new Flow(base.detached(), layers.stream().map(Copy::frozen).toList(), steps);
    }
}
