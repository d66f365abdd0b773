package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class FunctionalTest {

    @Test
    void aCrossEntropyTakesMoreValuesThanLogits() {
        Tensor logits = Tensor.of(new float[] {0, 1}, 2).requireGradient();
        Tensor x = Tensor.of(new float[] {0, 1, 1, 0, 1, 1}, 3, 2);
        Tensor crossEntropy = Functional.binaryCrossEntropy(logits, x);
        assertThat(crossEntropy.shape()).isEqualTo(Shape.of(3, 2));
        crossEntropy.sum().backward();
        // n σ(l) − Σ x
        assertThat(logits.gradient().toFloats())
                .containsExactly(new float[] {3 * 0.5f - 2, (float) (3 / (1 + Math.exp(-1)) - 2)}, within(1e-6f));
    }
}
