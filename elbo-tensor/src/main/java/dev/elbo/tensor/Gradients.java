package dev.elbo.tensor;

import dev.elbo.tensor.seam.Seam;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Gradients that are returned, by libtorch's graph alone: seams are not crossed, and are found out. */
final class Gradients {
    private Gradients() {}

    static List<Tensor> of(Tensor number, List<Tensor> inputs, boolean createGraph) {
        inputs.forEach(Gradients::requireWanted);
        List<org.bytedeco.pytorch.Tensor> wanted =
                new ArrayList<>(inputs.stream().map(Tensor::handle).toList());
        for (Seam seam : number.scope().seams()) { // each is a leaf, at which libtorch would end
            org.bytedeco.pytorch.Tensor output = seam.output();
            if (inputs.stream().noneMatch(input -> input.handle().is_same(output))) {
                wanted.add(output);
            }
        }
        try (TensorVector found = differentiate(number, wanted, createGraph)) {
            for (int i = inputs.size(); i < wanted.size(); i++) {
                requireUnreached(number, found.get(i));
            }
            List<Tensor> gradients = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                gradients.add(ownOrZeros(found.get(i), inputs.get(i)));
            }
            return gradients;
        }
    }

    private static TensorVector differentiate(
            Tensor number, List<org.bytedeco.pytorch.Tensor> wanted, boolean createGraph) {
        try (BoolOptional keepGraph = new BoolOptional(true)) {
            return torch.grad(
                    Tensor.vector(number),
                    new TensorVector(wanted.toArray(org.bytedeco.pytorch.Tensor[]::new)),
                    new TensorVector(),
                    keepGraph,
                    createGraph,
                    true);
        } catch (RuntimeException e) {
            throw Operands.explained("gradients", e, number);
        }
    }

    private static void requireWanted(Tensor input) {
        if (!input.requiresGradient()) {
            throw new IllegalArgumentException("gradients: " + input + " is a constant; call requireGradient() on it"
                    + " before the number is computed from it");
        }
    }

    private static void requireUnreached(Tensor number, org.bytedeco.pytorch.Tensor gradient) {
        if (gradient.defined()) {
            throw new IllegalStateException("gradients(" + number + "): the number was computed by operations with"
                    + " gradients of our own, which have no gradients in turn; compute it within"
                    + " try (Seams off = Seams.off()) { … }");
        }
    }

    /** A handle of our own, since that of the list is freed with it. */
    private static Tensor ownOrZeros(org.bytedeco.pytorch.Tensor gradient, Tensor input) {
        return gradient.defined() ? new Tensor(new org.bytedeco.pytorch.Tensor(gradient)) : input.zerosLike();
    }
}
