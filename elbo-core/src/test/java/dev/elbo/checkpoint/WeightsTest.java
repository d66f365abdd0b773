package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InAScope;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class WeightsTest {
    private static final HostArray WEIGHT = HostArray.of(new float[] {1, 2}, 1, 2);
    private static final HostArray BIAS = HostArray.of(new float[] {3}, 1);

    private final Linear model = Linear.of(2, 1, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
    private final Map<String, HostArray> arrays = new HashMap<>(Map.of("weight", WEIGHT, "bias", BIAS));

    @Test
    void aModelBecomesWhatTheArraysSay() {
        Weights.load(model, arrays);
        assertThat(model.weight().toHost()).isEqualTo(WEIGHT);
        assertThat(model.bias().toHost()).isEqualTo(BIAS);
    }

    @Test
    void halvesBecomeTheFloatsThatTheyAre() {
        arrays.replaceAll((name, array) -> array.toHalf());
        Weights.load(model, arrays);
        assertThat(model.weight().toHost()).isEqualTo(WEIGHT);
        assertThat(model.bias().toHost()).isEqualTo(BIAS);
    }

    @Test
    void otherTypesAreRefusedThoughTheyHoldTheSameNumbers() {
        arrays.put("bias", HostArray.of(new double[] {3}, 1));
        assertThatThrownBy(() -> Weights.load(model, arrays)).hasMessageContaining("it is FLOAT64 [1]");
    }

    @Test
    void arraysThatTheModelHasNoPlaceForAreRefusedAndNotIgnored() {
        HostArray before = model.weight().toHost();
        arrays.put("prior.x", BIAS);
        assertThatThrownBy(() -> Weights.load(model, arrays))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the checkpoint is of another model or optimizer: it holds 'prior.x', for which there is no place");
        assertThat(model.weight().toHost()).isEqualTo(before);

        List.of("a", "c", "b", "d").forEach(name -> arrays.put("prior." + name, BIAS));
        assertThatThrownBy(() -> Weights.load(model, arrays))
                .hasMessage(
                        "the checkpoint is of another model or optimizer: it holds 'prior.a', 'prior.b', 'prior.c' and 2 more,"
                                + " for which there is no place");
    }

    @Test
    void tensorsMayBeSomeOfManyArrays() {
        Weights.load(Map.of("bias", model.bias()), arrays);
        assertThat(model.bias().toHost()).isEqualTo(BIAS);
    }

    @Test
    void anArrayThatIsNotThereOrOfAnotherShapeIsNamed() {
        arrays.put("bias", WEIGHT);
        assertThatThrownBy(() -> Weights.load(model, arrays))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bias' should be ")
                .hasMessageContaining("; it is ");
        arrays.remove("bias");
        assertThatThrownBy(() -> Weights.load(model, arrays)).hasMessageEndingWith("; it is not there");
    }
}
