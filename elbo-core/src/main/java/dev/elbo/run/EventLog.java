package dev.elbo.run;

import dev.elbo.train.EventFile;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/** The same figures as TensorBoard's scalars: {@code train/negElbo}, {@code validation/negElbo}, … */
final class EventLog implements Consumer<TrainingEvent> {
    private final EventFile file;

    EventLog(EventFile file) {
        this.file = file;
    }

    @Override
    public void accept(TrainingEvent event) {
        try {
            if (event instanceof TrainingEvent.Progressed at) {
                write("train/", at.step(), at.terms());
                write(
                        "train/",
                        at.step(),
                        Map.of("learningRate", at.learningRate(), "samplesPerSecond", at.samplesPerSecond()));
            } else if (event instanceof TrainingEvent.Evaluated at) {
                write("validation/", at.step(), at.terms());
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("TensorBoard's events could not be written: " + e.getMessage(), e);
        }
    }

    private void write(String prefix, long step, Map<String, Double> terms) throws IOException {
        for (Map.Entry<String, Double> term : terms.entrySet()) {
            file.scalar(prefix + term.getKey(), step, System.currentTimeMillis() / 1e3, term.getValue());
        }
    }
}
