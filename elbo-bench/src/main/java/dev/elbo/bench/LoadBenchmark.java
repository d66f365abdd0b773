package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Batches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many examples a second the data side of a training step delivers, selected, brought to 0 … 1 and treated, with the
 * noise that this takes, for each treatment of pixels.
 *
 * @param batch examples in a step
 * @param steps in each measurement
 */
public record LoadBenchmark(int batch, int steps, int repeats) {

    /**
     * What was measured.
     *
     * @param images the shape of them all
     * @param held whether they were in memory, or read from disk
     * @param examplesPerSecond by treatment
     */
    public record Result(
            LoadBenchmark of, Device device, Shape images, boolean held, Map<String, Spread> examplesPerSecond)
            implements Finding {

        @Override
        public ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode rates = json.putObject("examplesPerSecond");
            examplesPerSecond.forEach((name, spread) -> rates.set(name, spread.toJson()));
            return json.put("images", images.toString())
                    .put("held", held)
                    .put("batch", of.batch)
                    .put("device", device.toString())
                    .put("threads", Backend.threads());
        }

        @Override
        public String describe() {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "images %s %s, batch %d, %s, %d threads: examples per second",
                    images,
                    held ? "in memory" : "on disk",
                    of.batch,
                    device,
                    Backend.threads()));
            examplesPerSecond.forEach((name, rate) -> text.append(String.format(
                    Locale.ROOT,
                    "%n  %-13s %,12.0f  (%,.0f to %,.0f), %.2f GB/s of FLOAT32",
                    name,
                    rate.median(),
                    rate.min(),
                    rate.max(),
                    rate.median() * images.elements() / images.size(0) * Float.BYTES / 1e9)));
            return text.toString();
        }
    }

    /** Measures with generated images of 28 × 28 bytes. */
    public Result run(Device device) {
        return run(device, Patterns.images(), Patterns.spec());
    }

    /** Measures with images of one's own, in memory or on disk as they would be in training. */
    public Result run(Device device, Split images, DataSpec spec) {
        Map<String, Spread> rates = new LinkedHashMap<>();
        for (Pixels pixels : Pixels.values()) {
            try (Scope scope = Scope.open("benchmark")) {
                Examples examples = new Examples(images, spec, pixels, 1, device);
                Batches batches = new Batches(examples, Order.of(images, 1, batch, examples.neighbours()));
                rates.put(pixels.toString(), measured(batches, new NoiseTape(1, device)));
            }
        }
        return new Result(this, device, images.field("image").shape(), images.isHeldOn(device), rates);
    }

    private Spread measured(Batches batches, NoiseTape noise) {
        List<Double> rates = new ArrayList<>();
        long step = 0;
        for (int i = -1; i < repeats; i++) { // one to warm up
            long began = System.nanoTime();
            for (int n = 0; n < steps; n++) {
                try (Scope scope = Scope.open("step")) {
                    noise.rewind(step);
                    batches.at(step++, noise);
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            if (i >= 0) {
                rates.add((double) steps * batches.size() / seconds);
            }
        }
        return Spread.of(rates);
    }
}
