package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Supervised;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a classifier learns from before the rest of its model does: labels alone, as in the last term of Kingma et al. (2014), eq. 9.
 * Nothing is drawn, so that a step is as fast as one of the classifier.
 */
public record Supervision() implements Objective {
    /**
     * The penalties.
     *
     * @throws IllegalArgumentException if the model learns nothing from labels
     */
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        if (!(model instanceof Supervised supervised)) {
            throw new IllegalArgumentException("a model that learns from labels was expected; got "
                    + model.getClass().getSimpleName());
        }
        Map<String, Tensor> terms = new LinkedHashMap<>(supervised.supervision(batch, step.pass()));
        Tensor total = terms.values().stream().reduce(Tensor::plus).orElseThrow();
        terms.put("loss", total);
        return new Loss(total, terms);
    }
}
