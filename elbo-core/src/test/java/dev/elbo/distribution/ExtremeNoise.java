package dev.elbo.distribution;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * Uniform noise that is always the same number.
 *
 * @param u in [0, 1)
 */
record ExtremeNoise(double u) implements Rng {

    /** Calls {@code work} with the least and the largest numbers that uniform FLOAT32 noise has, and the middle. */
    static void forEach(Consumer<Rng> work) {
        DoubleStream.of(0, 0x1p-24, 0.5, 1 - 0x1p-24)
                .mapToObj(ExtremeNoise::new)
                .forEach(work);
    }

    @Override
    public Tensor normal(Shape shape) {
        throw new UnsupportedOperationException("normal noise has no extremes");
    }

    @Override
    public Tensor uniform(Shape shape) {
        return Tensor.scalar(u, Device.CPU).expand(shape);
    }
}
