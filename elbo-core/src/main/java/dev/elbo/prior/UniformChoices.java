package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.OneHots;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;

/**
 * L choices among C classes that are all alike, whatever the condition.
 *
 * @param choices L
 * @param classes C
 * @param device where its parameters are made
 */
public record UniformChoices(int choices, int classes, Device device) implements Conditional<OneHots> {
    @Override
    public OneHots given(Pass pass, Tensor... parents) {
        return new OneHots(Tensor.zeros(device, choices, classes));
    }
}
