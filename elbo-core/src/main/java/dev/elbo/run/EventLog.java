package dev.elbo.run;

import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.train.EventFile;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same figures as TensorBoard's scalars: {@code train/negElbo}, {@code validation/negElbo}, …; and the settings of the run
 * in TensorBoard's table of hyperparameters.
 */
final class EventLog implements Consumer<TrainingEvent> {
    private final EventFile file;
    private final RunDirectory run;

    EventLog(EventFile file, RunDirectory run) {
        this.file = file;
        this.run = run;
    }

    @Override
    public void accept(TrainingEvent event) {
        try {
            log(event);
        } catch (IOException e) {
            throw new UncheckedIOException("TensorBoard's events could not be written: " + e.getMessage(), e);
        }
    }

    private void log(TrainingEvent event) throws IOException {
        if (event instanceof TrainingEvent.Started) {
            file.begin(String.valueOf(run.path().getFileName()), settings(), now());
        } else if (event instanceof TrainingEvent.Progressed at) {
            write("train/", at.step(), at.terms());
            write(
                    "train/",
                    at.step(),
                    Map.of(
                            "learningRate", at.learningRate(),
                            "gradientNorm", at.gradientNorm(),
                            "samplesPerSecond", at.samplesPerSecond()));
        } else if (event instanceof TrainingEvent.Evaluated at) {
            write("validation/", at.step(), at.terms());
            file.flush();
        } else if (event instanceof TrainingEvent.Finished at) {
            if (at.reason() != TrainingEvent.Reason.STOPPED) {
                file.end(true, now());
            }
        } else if (event instanceof TrainingEvent.Diverged) {
            file.end(false, now());
        }
    }

    /** All that can be set, as {@code --set} names it. */
    private Map<String, String> settings() {
        RunConfig config = run.config();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("recipe", config.recipe().name());
        settings.put("data", config.data());
        config.pixels().ifPresent(pixels -> settings.put("pixels", pixels.toString()));
        settings.put("seed", String.valueOf(config.seed()));
        Recipes.options(config.recipe()).entries().forEach(entry -> settings.put(entry.name(), entry.value()));
        config.sequel().map(Sequel::settings).ifPresent(settings::putAll);
        Options.of(config.training()).entries().forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private void write(String prefix, long step, Map<String, Double> terms) throws IOException {
        for (Map.Entry<String, Double> term : terms.entrySet()) {
            file.scalar(prefix + term.getKey(), step, now(), term.getValue());
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }
}
