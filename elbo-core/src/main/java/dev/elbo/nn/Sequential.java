package dev.elbo.nn;

import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers one after the other, named 0, 1, … as PyTorch's are. */
public record Sequential(List<Layer> layers) implements Layer {

    /** Copies the list. */
    public Sequential {
        layers = List.copyOf(layers);
    }

    /** These layers in order. */
    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /** By index: {@code 0.weight}. */
    @Override
    public Map<String, Tensor> state() {
        StateOfTree state = new StateOfTree(getClass());
        state.add("", layers);
        return state.tensors();
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return from(0, x, pass);
    }

    /** The first layer may know how to keep apart what stands beside several. */
    @Override
    public Tensor forward(Pass pass, Tensor... vectors) {
        return layers.isEmpty() || !Leading.differ(vectors)
                ? forward(Leading.joined(vectors), pass)
                : from(1, layers.get(0).forward(pass, vectors), pass);
    }

    /** What the layers from one on make of its input. A linear map and the nonlinearity after it are one pass. */
    private Tensor from(int first, Tensor x, Pass pass) {
        Tensor y = x;
        for (int i = first; i < layers.size(); i++) {
            if (layers.get(i) instanceof Fusible layer && nonlinearityAt(i + 1).isPresent()) {
                i++;
                y = layer.then(nonlinearityAt(i).get(), y);
            } else {
                y = layers.get(i).forward(y, pass);
            }
        }
        return y;
    }

    private Optional<Nonlinearity> nonlinearityAt(int i) {
        return i < layers.size() && layers.get(i) instanceof Activation activation
                ? activation.fused()
                : Optional.empty();
    }
}
