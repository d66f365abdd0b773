package dev.elbo.bench.speech;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/** What a judge learns, and by what it is told when to stop. */
interface Lesson {
    /** The loss of a batch, in nats, of rank 0. */
    Tensor loss(long step, Pass pass);

    /** The loss on clips that are kept apart, in nats. */
    double heldOut();
}
