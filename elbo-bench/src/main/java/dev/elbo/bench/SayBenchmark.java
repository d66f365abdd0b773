package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Speech;
import dev.elbo.tensor.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many times as fast a model speaks as its speech lasts, from a text to the samples of its wave.
 *
 * @param text that is said each time
 * @param voice who says it
 */
public record SayBenchmark(String text, Speech.Speaker voice, int repeats) {
    /** Before anything counts, Java has compiled what is asked for often. */
    private static final int WARM_UP = 5;

    /**
     * The measurement.
     *
     * @param seconds that the speech lasts
     * @param realTimeFactor seconds of speech that are made in a second
     */
    public record Result(SayBenchmark of, double seconds, Spread realTimeFactor) implements Finding {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("realTimeFactor", realTimeFactor.toJson());
            return json.put("seconds", seconds)
                    .put("text", of.text)
                    .put("voice", of.voice.name())
                    .put("threads", Backend.threads())
                    .put("kernels", Backend.kernels());
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%.1f s of speech, %d threads, %s kernels: %.0f times as fast as it lasts (%.0f to %.0f)",
                    seconds,
                    Backend.threads(),
                    Backend.kernels(),
                    realTimeFactor.median(),
                    realTimeFactor.min(),
                    realTimeFactor.max());
        }
    }

    /**
     * Measures.
     *
     * @throws IllegalArgumentException if the model cannot say the text
     */
    public Result run(Speech speech) {
        List<Double> factors = new ArrayList<>();
        double seconds = 0;
        for (int i = -WARM_UP; i < repeats; i++) {
            long began = System.nanoTime();
            seconds = speech.say(text, voice, Speech.Manner.STANDARD, 1).seconds();
            if (i >= 0) {
                factors.add(seconds * 1e9 / (System.nanoTime() - began));
            }
        }
        return new Result(this, seconds, Spread.of(factors));
    }
}
