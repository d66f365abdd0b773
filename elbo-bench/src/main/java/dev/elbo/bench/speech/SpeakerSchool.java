package dev.elbo.bench.speech;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * Trains a network of speakers on recordings and on strings of them.
 *
 * @param network what learns
 * @param training strings of recordings
 * @param apart recordings, and strings of them, that it does not learn from
 * @param seed which strings are drawn
 */
record SpeakerSchool(SpeakerNetwork network, SpokenStrings training, List<Utterance> apart, long seed)
        implements Lesson {
    @Override
    public Tensor loss(long step, Pass pass) {
        return network.loss(training.draw(Rng.seedOf(seed, step), RecogniserSchool.BATCH), pass).mean();
    }

    @Override
    public double heldOut() {
        double sum = 0;
        for (int from = 0; from < apart.size(); from += RecogniserSchool.BATCH) {
            try (Scope scope = Scope.open("held out");
                    Inference use = Inference.begin()) {
                List<Utterance> some = apart.subList(from, Math.min(apart.size(), from + RecogniserSchool.BATCH));
                sum += network.loss(some, Pass.deterministic()).sum().item();
            }
        }
        return sum / apart.size();
    }
}
