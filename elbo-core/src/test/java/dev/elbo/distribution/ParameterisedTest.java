package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.OneHot;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.posterior.NormalHead;
import dev.elbo.tensor.Autocast;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ParameterisedTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);
    private final Pass pass = Pass.deterministic();
    private final Parameterised<DiagonalNormal> ofOne = normal(5);
    private final Parameterised<DiagonalNormal> ofTwo = normal(5 + 3, Sequential.of(), new OneHot(3));

    private Parameterised<DiagonalNormal> normal(int in, Layer... stems) {
        return new Parameterised<>(List.of(stems), Sequential.of(Linear.of(in, 4, initial)), new NormalHead());
    }

    @Test
    void oneParentEntersTheNetworkAsItIs() {
        Tensor x = rng.normal(Shape.of(7, 5));
        DiagonalNormal q = ofOne.given(pass, x);
        assertThat(q.loc().shape()).isEqualTo(Shape.of(7, 2));
        assertThat(q.loc().toHost())
                .isEqualTo(ofOne.network().forward(x, pass).narrow(-1, 0, 2).toHost());
        assertThat(q.logVar().toHost())
                .isEqualTo(ofOne.network().forward(x, pass).narrow(-1, 2, 2).toHost());
    }

    @Test
    void severalParentsAreJoinedWithTheirLeadingDimensions() {
        Tensor z = rng.normal(Shape.of(6, 2, 5));
        Tensor labels = Tensor.of(new long[] {2, 0}, 2);
        DiagonalNormal q = ofTwo.given(pass, z, labels);
        assertThat(q.loc().shape()).isEqualTo(Shape.of(6, 2, 2));
        Tensor alone = ofTwo.given(pass, z.get(0, 3), labels).loc();
        assertThat(q.loc().get(0, 3).minus(alone).abs().max().item())
                .isLessThanOrEqualTo(Rounding.ofSum(DType.FLOAT32, 8 + 1, 8)); // of 8 products and a bias, each up to 1
    }

    @Test
    void parentsThatDoNotFitTogetherAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofTwo.given(pass, rng.normal(Shape.of(4, 5)), Tensor.of(new long[] {0, 1, 2}, 3)))
                .withMessage("shapes [4] and [3] do not fit together");
    }

    @Test
    void itsParametersAreNamedByTheirParts() {
        assertThat(ofTwo.parameters()).containsOnlyKeys("network.0.weight", "network.0.bias");
    }

    @Test
    void aParentWithoutAStemIsNotIgnored() {
        Tensor x = rng.normal(Shape.of(7, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofOne.given(pass, x, x))
                .withMessage("a conditional on 1 was given 2 parents; each of several needs a stem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofTwo.given(pass, x))
                .withMessage("a conditional on 2 was given 1 parents; each of several needs a stem");
    }

    @Test
    void densitiesStayFloat32WhereProductsAreBfloat16() {
        Tensor x = rng.normal(Shape.of(7, 5));
        try (Autocast on = Autocast.bfloat16(Device.CPU)) {
            DiagonalNormal q = ofOne.given(pass, x);
            assertThat(q.loc().dtype()).isEqualTo(DType.FLOAT32);
            assertThat(q.klTo(DiagonalNormal.standard(2, Device.CPU))
                            .orElseThrow()
                            .dtype())
                    .isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void anOddNumberOfParametersIsNotCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalHead().of(Tensor.zeros(Device.CPU, 7, 5)))
                .withMessage("means and log-variances are as many; got FLOAT32 [7, 5], whose last size is odd");
    }
}
