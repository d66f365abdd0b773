package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether sampled images are digits, as {@link DigitClassifier} judges them: of a model that is given labels, the digits that
 * were asked for; of one that is given nothing, any digit, if the classifier is sure.
 *
 * @param recognised the fraction that are
 * @param count how many were sampled; of a model that is given labels, as many of each digit
 * @param distance how far they are from real ones, {@link FeatureDistance}; not a number if there are none to compare with
 */
public record SampledDigits(double recognised, int count, double distance) {
    /** How probable a digit must be for the classifier to be sure. It is of 98 % of MNIST's test images. */
    public static final double SURE = 0.9;

    private static final int DIGITS = 10;
    private static final String LABEL = "label";

    /**
     * Samples and judges.
     *
     * @param generator of images [1, 28, 28], given labels or nothing
     * @param temperature of the prior
     * @param real images to compare with, [N, 1, 28, 28]
     */
    public static SampledDigits of(
            Generator generator, int count, double temperature, long seed, Optional<HostArray> real)
            throws IOException {
        List<String> conditions = generator.model().signature().conditions();
        long[] labels = IntStream.range(0, count).mapToLong(i -> i % DIGITS).toArray();
        Map<String, HostArray> given = conditions.isEmpty() ? Map.of() : Map.of(LABEL, HostArray.of(labels, count));
        HostArray images = images(generator.samples(count, given, temperature, seed));
        try (Scope scope = Scope.open("judge")) {
            DigitClassifier judge = DigitClassifier.standard(Device.CPU);
            double recognised = conditions.isEmpty() ? judge.certainty(images, SURE) : judge.accuracy(images, labels);
            double distance = real.isEmpty() || count < 2
                    ? Double.NaN
                    : FeatureDistance.of(judge.features(images), judge.features(real.get()));
            return new SampledDigits(recognised, count, distance);
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
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("recognised", recognised)
                .put("count", count);
        return Double.isNaN(distance) ? json : json.put("distance", distance);
    }
}
