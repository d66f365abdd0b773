package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;
import java.util.Optional;

/** A distribution whose event's elements are independent: its density is a product over them. */
public interface Factorised extends Distribution {

    /** The number of trailing dimensions that make up one event. */
    int eventRank();

    /** The log-density of each element in nats, [..., event...]. */
    Tensor logProbPerElement(Tensor value);

    @Override
    default Tensor logProb(Tensor value) {
        return logProbPerElement(value).sumLast(eventRank());
    }

    @Override
    default Optional<Tensor> klTo(Distribution other) {
        return klPerElementTo(other).map(kl -> kl.sumLast(eventRank()));
    }
}
