package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Named.named;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private record Experts(Map<String, Layer> byName, Optional<Layer> gate, Optional<Tensor> scale) implements Module {}

    @Test
    void whatAMapHoldsIsNamedByItsKeysAndWhatAnOptionalHoldsByTheComponent() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("text", Linear.of(2, 1, initial));
        layers.put("image", BatchNorm.ofVectors(1, initial));
        Experts experts = new Experts(layers, Optional.of(Linear.of(1, 1, initial)), Optional.empty());
        assertThat(experts.state().keySet())
                .containsExactly(
                        "byName.image.weight",
                        "byName.image.bias",
                        "byName.image.running_mean",
                        "byName.image.running_var",
                        "byName.text.weight",
                        "byName.text.bias",
                        "gate.weight",
                        "gate.bias");
        assertThat(new Experts(Map.of(), Optional.empty(), Optional.of(initial.constant(1)))
                        .parameters()
                        .keySet())
                .containsExactly("scale");
    }

    private record Table(Tensor values) {}

    private record Tied(Layer encoder, Layer decoder, List<Layer> more) implements Module {}

    private record Holding(Object component) implements Module {}

    static Stream<Named<BiFunction<Tensor, Layer, Object>>> placesThatWouldBeForgotten() {
        return Stream.of(
                named("a record", (tensor, layer) -> new Table(tensor)),
                named("a record in a list", (tensor, layer) -> List.of(new Table(tensor))),
                named("a record in an optional", (tensor, layer) -> Optional.of(new Table(tensor))),
                named("a record in a map", (tensor, layer) -> Map.of("a", new Table(tensor))),
                named("an array", (tensor, layer) -> new Tensor[] {tensor}),
                named("an array of arrays", (tensor, layer) -> new Layer[][] {{layer}}),
                named("a set", (tensor, layer) -> Set.of(layer)),
                named("a map by numbers", (tensor, layer) -> Map.of(1, layer)));
    }

    @ParameterizedTest
    @MethodSource("placesThatWouldBeForgotten")
    void tensorsThatWouldNeitherBeTrainedNorSavedAreRefused(BiFunction<Tensor, Layer, Object> place) {
        Holding module = new Holding(place.apply(initial.constant(1), Linear.of(1, 1, initial)));
        for (ThrowingCallable use : List.<ThrowingCallable>of(module::state, () -> Copy.of(module))) {
            assertThatIllegalStateException()
                    .isThrownBy(use)
                    .withMessageStartingWith("Bug: component 'component")
                    .withMessageContaining("' of class dev.elbo.nn.ModuleTest$Holding holds tensors in a ")
                    .withMessageEndingWith(
                            ", where they would neither be trained nor saved; make that a Module, or hold"
                                    + " them in a List, an Optional or a Map<String, …>");
        }
    }

    private record Settings(Activation activation, Optional<Activation> last, Set<Integer> sizes) {}

    @Test
    void settingsOfAnyKindAreNoState() {
        Settings settings = new Settings(Activation.RELU, Optional.of(Activation.TANH), Set.of(1));
        Holding module = new Holding(Map.of(1, settings, "a", List.of(settings)));
        assertThat(module.state()).isEmpty();
        assertThat(Copy.of(module)).isEqualTo(module);
    }

    @Test
    void twoTensorsOfOnePathAreRefused() {
        Map<String, Object> keys = Map.of("0.1", initial.constant(1), "0", List.of(List.of(), initial.constant(2)));
        assertThatIllegalStateException()
                .isThrownBy(new Holding(keys)::state)
                .withMessage("Bug: two tensors have the path 'component.0.1'; give the keys of a map other names");
    }

    @Test
    void aTensorThatTwoPlacesShareIsListedCountedAndSteppedOnce() {
        Linear linear = Linear.of(2, 2, initial);
        Tied tied = new Tied(linear, Sequential.of(linear, linear), List.of(linear));
        assertThat(tied.state().keySet()).containsExactly("encoder.weight", "encoder.bias");
        assertThat(Sequential.of(linear, linear).state().keySet()).containsExactly("0.weight", "0.bias");

        float[] before = linear.bias().toFloats();
        ParameterBuffer parameters = new ParameterBuffer(tied.parameters());
        assertThat(parameters.count()).isEqualTo(6);
        parameters.gradients().fill(1);
        Sgd sgd = new Sgd(parameters, 0);
        sgd.learningRate().fill(0.5);
        sgd.step();
        assertThat(linear.bias().toFloats()).containsExactly(before[0] - 0.5f, before[1] - 0.5f);
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
