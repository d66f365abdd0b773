package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * What a model learns of labels, and nothing else: the sum of its penalties. A classifier that begins with it gives classes their
 * meaning before the bound is maximised; begun together, classes become clusters of another kind before they are told what they mean.
 */
public record LabelsAlone() implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor total = draw.penalties().values().stream()
                .reduce(Tensor::plus)
                .orElseThrow(() -> new IllegalArgumentException("the model learns nothing of labels"));
        Map<String, Tensor> terms = Bound.of(draw).terms();
        terms.putAll(draw.penalties());
        return new Loss(total, terms);
    }
}
