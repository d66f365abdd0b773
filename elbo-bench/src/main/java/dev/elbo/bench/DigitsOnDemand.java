package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether digits sampled on demand are what was asked for, as {@link DigitClassifier} judges them.
 *
 * @param recognised the fraction that it takes for the digit that was asked for
 * @param count how many were sampled, as many of each digit
 */
public record DigitsOnDemand(double recognised, int count) {
    private static final int DIGITS = 10;

    /**
     * Samples and judges.
     *
     * @param generator of a model conditioned on {@code label}, of images [1, 28, 28]
     */
    public static DigitsOnDemand of(Generator generator, int count, long seed) throws IOException {
        long[] labels = IntStream.range(0, count).mapToLong(i -> i % DIGITS).toArray();
        HostArray images = images(generator.samples(count, Map.of("label", HostArray.of(labels, count)), 1, seed));
        try (Scope scope = Scope.open("judge")) {
            return new DigitsOnDemand(DigitClassifier.standard(Device.CPU).accuracy(images, labels), count);
        }
    }

    private static HostArray images(Map<String, Shown> made) {
        if (made.get("image") instanceof Shown.Images images) {
            return images.pixels();
        }
        throw new IllegalArgumentException("digits are images; this model makes " + made.keySet());
    }

    /** As JSON. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("recognised", recognised)
                .put("count", count);
    }
}
