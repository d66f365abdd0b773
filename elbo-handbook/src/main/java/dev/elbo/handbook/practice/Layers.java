package dev.elbo.handbook.practice;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipe;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The linear layers of a recipe's model on MNIST, as they are when it is made.
 *
 * @param in how many numbers each reads, by name: {@code posterior.network.0}
 * @param out how many each makes
 */
record Layers(Map<String, Integer> in, Map<String, Integer> out) {
    private static final String WEIGHT = ".weight";

    static Layers of(Recipe recipe) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, 28, 28));
        fields.put(
                "label",
                new Field.Category(
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList()));
        Layers layers = new Layers(new LinkedHashMap<>(), new LinkedHashMap<>());
        try (Scope scope = Scope.open("model")) {
            Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
            recipe.compose(new DataSpec("mnist", fields, ""), initial)
                    .model()
                    .parameters()
                    .forEach((name, parameter) -> layers.note(name, parameter.shape()));
        }
        return layers;
    }

    /** A weight is [out, in]. */
    private void note(String name, Shape shape) {
        if (name.endsWith(WEIGHT)) {
            String layer = name.substring(0, name.length() - WEIGHT.length());
            in.put(layer, (int) shape.size(1));
            out.put(layer, (int) shape.size(0));
        }
    }

    /** Those of a network, from its input to its output. */
    List<String> of(String network) {
        return new ArrayList<>(
                in.keySet().stream().filter(name -> name.startsWith(network)).toList());
    }

    /** Weights and biases of a layer. */
    int count(String layer) {
        return (in(layer) + 1) * out(layer);
    }

    int in(String layer) {
        return in.getOrDefault(layer, 0);
    }

    int out(String layer) {
        return out.getOrDefault(layer, 0);
    }

    /** Weights and biases of all of them. */
    int total() {
        return in.keySet().stream().mapToInt(this::count).sum();
    }
}
