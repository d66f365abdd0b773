package dev.elbo.bench;

import dev.elbo.checkpoint.Safetensors;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.nn.Activation;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Tells classes of pictures apart, as a judge of made ones: convolutions that halve a picture until it has {@value #SMALLEST} pixels or
 * fewer, the mean over places, and a linear layer. Its tensors live in the scope it was made in.
 *
 * @param maps FLOAT32 [N, C, H, W] in 0 … 1 to maps [N, F, h, w]
 * @param head from their means over places, [N, F], to logits [N, classes]
 */
record PictureClassifier(Layer maps, Layer head) implements Module {
    private static final int SMALLEST = 8;
    private static final int FIRST_WIDTH = 24;
    private static final int LAST_WIDTH = 96;
    private static final double DROPOUT = 0.3;
    private static final int BATCH = 64;
    private static final long CHUNK = 250;

    /** With first weights. */
    static PictureClassifier of(Field.Image image, int classes, long seed) {
        Initializer initial = new Initializer(Rng.seeded(seed, Device.CPU), Device.CPU);
        List<Layer> layers = new ArrayList<>();
        long channels = image.channels();
        int width = FIRST_WIDTH;
        int side = Math.max(image.height(), image.width());
        do {
            layers.addAll(block(channels, width, 2, initial));
            channels = width;
            width = Math.min(2 * width, LAST_WIDTH);
            side = (side + 1) / 2;
        } while (side > SMALLEST);
        layers.addAll(block(channels, LAST_WIDTH, 1, initial));
        Layer head = Sequential.of(new Dropout(DROPOUT), Linear.of(LAST_WIDTH, classes, initial));
        return new PictureClassifier(new Sequential(layers), head);
    }

    private static List<Layer> block(long from, int to, int stride, Initializer initial) {
        return List.of(Conv2d.of(from, to, 3, stride, 1, initial), BatchNorm.ofImages(to, initial), Activation.RELU);
    }

    /**
     * Trains by the cross-entropy.
     *
     * @param image the field of pictures
     * @param label the field of classes
     * @param progress told the epoch and its last loss in nats
     */
    void train(
            Examples examples,
            String image,
            String label,
            int epochs,
            long seed,
            BiConsumer<Integer, Double> progress) {
        new ClassifierTraining(epochs, BATCH, seed).teach(this, this::logits, examples, image, label, progress);
    }

    private Tensor logits(Tensor images, Pass pass) {
        return head.forward(means(images, pass), pass);
    }

    /** [N, C, H, W] to [N, F]. */
    private Tensor means(Tensor images, Pass pass) {
        return maps.forward(images, pass).mean(-1).mean(-1);
    }

    /** The last maps, averaged over their places: FLOAT32 [N, F]. What {@link FeatureDistance} compares. */
    HostArray features(HostArray images) {
        return chunked(images, some -> means(some, Pass.deterministic()));
    }

    /** The fraction of pictures that are taken for the class of their label. */
    double accuracy(HostArray images, long[] labels) {
        long[] classes = chunked(
                        images, some -> logits(some, Pass.deterministic()).argmax(-1))
                .toLongs();
        long right = IntStream.range(0, labels.length)
                .filter(i -> classes[i] == labels[i])
                .count();
        return (double) right / labels.length;
    }

    private static HostArray chunked(HostArray images, UnaryOperator<Tensor> network) {
        long count = images.shape().size(0);
        List<HostArray> parts = new ArrayList<>();
        for (long from = 0; from < count; from += CHUNK) {
            try (Scope scope = Scope.open("classify");
                    Inference use = Inference.begin()) {
                Tensor some = Tensor.of(images.rows(from, Math.min(count, from + CHUNK)), Device.CPU);
                parts.add(network.apply(some).toHost());
            }
        }
        return HostArray.concat(parts);
    }

    /** Writes parameters and buffers as safetensors. */
    void save(Path file) throws IOException {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        try (Scope scope = Scope.open("save")) {
            state().forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        }
        new Safetensors(arrays, Map.of("format", "pt")).write(file);
    }

    /**
     * Takes the weights of a file, which {@link #save} wrote.
     *
     * @throws IllegalArgumentException if they are those of a classifier of other pictures or classes
     */
    void load(Path file) throws IOException {
        Weights.load(this, Safetensors.read(file).tensors());
    }
}
