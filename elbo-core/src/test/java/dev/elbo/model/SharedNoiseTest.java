package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedNoiseTest {
    private final Scope scope = Scope.open("test");

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void alternativesHaveTheSameNoiseAndSamplesOfOneDoNot() {
        Rng shared = new SharedNoise(Rng.seeded(1, Device.CPU), 3);
        Shape shape = Shape.of(1, 6, 2, 5); // three alternatives, two samples of each
        for (Tensor noise : new Tensor[] {shared.normal(shape), shared.uniform(shape)}) {
            assertThat(noise.shape()).isEqualTo(shape);
            float[] first = noise.narrow(1, 0, 2).toFloats();
            assertThat(noise.narrow(1, 2, 2).toFloats()).isEqualTo(first);
            assertThat(noise.narrow(1, 4, 2).toFloats()).isEqualTo(first);
            assertThat(noise.narrow(1, 0, 1).toFloats())
                    .isNotEqualTo(noise.narrow(1, 1, 1).toFloats());
        }
    }
}
