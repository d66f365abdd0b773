package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An objective of a model whose samples are relaxed by a temperature that falls. Jang et al. (2017), section 2.1.
 *
 * @param inner what is minimised
 * @param schedule of the temperature, in epochs
 * @param temperature which the model's posterior holds, of rank 0
 */
public record Cooled(Objective inner, Schedule schedule, Tensor temperature) implements Objective {
    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Tensor now = step.value(schedule);
        temperature.assign(now);
        Loss loss = inner.loss(model, batch, step);
        Map<String, Tensor> terms = new LinkedHashMap<>(loss.terms());
        terms.put("temperature", now);
        return new Loss(loss.total(), terms);
    }

    /** The temperature is one tensor, which copies of the model would move while others still need it. */
    @Override
    public boolean isMeanOverExamples() {
        return false;
    }
}
