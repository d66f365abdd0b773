package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** A split on a device, from which batches are selected. Its tensors live in the scope it was made in. */
public final class Examples {
    private static final double LEVELS = 255;

    private final Map<String, Tensor> fields = new LinkedHashMap<>();
    private final long size;
    private final Pixels pixels;
    private final Device device;

    /**
     * Copies a split to a device.
     *
     * @param pixels how images are treated
     * @param seed of the one sampling of {@link Pixels#STATIC}
     */
    public Examples(Split split, Pixels pixels, long seed, Device device) {
        this.size = split.size();
        this.pixels = pixels;
        this.device = device;
        Rng rng = Rng.seeded(seed, device);
        split.fields().forEach((name, array) -> {
            Tensor values = Tensor.of(array, device);
            fields.put(name, pixels == Pixels.STATIC && isImage(values) ? binarisedOnce(values, rng) : values);
        });
    }

    /** The number of examples. */
    public long size() {
        return size;
    }

    /** The treatment of its images. */
    public Pixels pixels() {
        return pixels;
    }

    /** Where its batches are. */
    public Device device() {
        return device;
    }

    /**
     * The examples that an INT64 vector names.
     *
     * @param rng the noise of {@link Pixels#DYNAMIC}
     */
    public Batch batch(Tensor indices, Rng rng) {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        fields.forEach((name, values) -> batch.put(
                name,
                isImage(values)
                        ? treated(Functional.select(values, indices, scale(values)), rng)
                        : values.select(0, indices)));
        return new Batch(batch);
    }

    /** The examples from {@code from} on, in the order of the split. */
    public Batch range(long from, long count, Rng rng) {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        fields.forEach((name, values) -> {
            Tensor some = values.narrow(0, from, count);
            batch.put(name, isImage(values) ? treated(grey(some), rng) : some);
        });
        return new Batch(batch);
    }

    private Tensor treated(Tensor grey, Rng rng) {
        return pixels == Pixels.DYNAMIC ? binarised(grey, rng) : grey;
    }

    private static boolean isImage(Tensor values) {
        return values.rank() == 4;
    }

    private static double scale(Tensor images) {
        return images.dtype() == DType.UINT8 ? LEVELS : 1;
    }

    private static Tensor grey(Tensor images) {
        Tensor numbers = images.to(DType.FLOAT32);
        return images.dtype() == DType.UINT8 ? numbers.over(LEVELS) : numbers;
    }

    private static Tensor binarised(Tensor grey, Rng rng) {
        return Functional.bernoulli(grey, rng.uniform(grey.shape()));
    }

    /** Image by image: a whole split as FLOAT32 may not fit in memory. */
    private static Tensor binarisedOnce(Tensor images, Rng rng) {
        Tensor binary = Tensor.zeros(DType.UINT8, images.device(), images.shape());
        for (long i = 0; i < images.size(0); i++) {
            try (Scope scope = Scope.open("binarise")) {
                Tensor image = binarised(grey(images.narrow(0, i, 1)), rng);
                binary.narrow(0, i, 1).assign(image.times(LEVELS).to(DType.UINT8));
            }
        }
        return binary;
    }
}
