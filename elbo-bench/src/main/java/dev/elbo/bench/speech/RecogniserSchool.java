package dev.elbo.bench.speech;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a recogniser on recordings and on strings of them.
 *
 * @param recogniser what learns
 * @param training strings of recordings
 * @param apart recordings, and strings of them, that it does not learn from
 * @param seed which strings are drawn
 */
record RecogniserSchool(Recogniser recogniser, SpokenStrings training, List<Utterance> apart, long seed)
        implements Lesson {
    /** Recordings in a batch. */
    static final int BATCH = 32;

    @Override
    public Tensor loss(long step, Pass pass) {
        List<Utterance> strings = training.draw(Rng.seedOf(seed, step), BATCH);
        return recogniser.loss(strings, pass).mean();
    }

    @Override
    public double heldOut() {
        List<Double> losses = new ArrayList<>();
        for (int from = 0; from < apart.size(); from += BATCH) {
            try (Scope scope = Scope.open("held out");
                    Inference use = Inference.begin()) {
                List<Utterance> some = apart.subList(from, Math.min(apart.size(), from + BATCH));
                losses.add(recogniser.loss(some, Pass.deterministic()).sum().item());
            }
        }
        return losses.stream().mapToDouble(Double::doubleValue).sum() / apart.size();
    }
}
