package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ModuleTest {
    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);

    private record Tree(Layer trunk, String name, List<Layer> branches, Tensor scale, List<String> labels)
            implements Module {}

    private record Codebooks(List<Tensor> tables, List<List<Layer>> towers) implements Module {}

    @Test
    void parametersAreNamedByTheirPathInTheOrderOfDeclaration() {
        Linear linear = Linear.of(2, 3, initial);
        Tree tree = new Tree(
                Sequential.of(linear, Activation.RELU, Linear.of(3, 2, initial)),
                "oak",
                List.of(Linear.of(1, 1, initial), BatchNorm.ofVectors(2, initial)),
                initial.constant(1),
                List.of("a"));
        assertThat(tree.parameters().keySet())
                .containsExactly(
                        "trunk.0.weight",
                        "trunk.0.bias",
                        "trunk.2.weight",
                        "trunk.2.bias",
                        "branches.0.weight",
                        "branches.0.bias",
                        "branches.1.weight",
                        "branches.1.bias",
                        "scale");
        assertThat(tree.state().keySet()).contains("branches.1.running_mean", "branches.1.running_var");
        assertThat(tree.parameters()).containsEntry("trunk.0.weight", linear.weight());
    }

    @Test
    void aSequenceNamesItsLayersAsPyTorchDoes() {
        Layer network = Sequential.of(
                Linear.of(4, 3, initial), Activation.TANH, Sequential.of(), Sequential.of(Linear.of(3, 2, initial)));
        assertThat(network.parameters().keySet()).containsExactly("0.weight", "0.bias", "3.0.weight", "3.0.bias");
    }

    @Test
    void buffersAreStateButNoParameters() {
        BatchNorm norm = BatchNorm.ofImages(3, initial);
        assertThat(norm.parameters().keySet()).containsExactly("weight", "bias");
        assertThat(norm.state().keySet()).containsExactly("weight", "bias", "running_mean", "running_var");
    }

    @Test
    void listsOfTensorsAndListsOfListsAreNotForgotten() {
        Codebooks codebooks = new Codebooks(
                List.of(initial.constant(0, 4), initial.buffer(0, 4)),
                List.of(List.of(), List.of(Linear.of(1, 1, initial))));
        assertThat(codebooks.state().keySet())
                .containsExactly("tables.0", "tables.1", "towers.1.0.weight", "towers.1.0.bias");
        assertThat(codebooks.parameters().keySet()).containsExactly("tables.0", "towers.1.0.weight", "towers.1.0.bias");
    }

    @Test
    void aModuleThatIsNoRecordIsOurBug() {
        Layer lambda = (x, pass) -> x;
        assertThatIllegalStateException()
                .isThrownBy(lambda::state)
                .withMessageStartingWith("Bug: class ")
                .withMessageEndingWith(" is a module but no record; override state()");
    }

    @Test
    void activationsHaveNoState() {
        assertThat(Activation.values())
                .allSatisfy(activation -> assertThat(activation.state()).isEmpty());
    }
}
