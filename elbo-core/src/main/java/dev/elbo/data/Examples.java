package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A split, from which batches are selected. It is held on the device; or, if it does not {@linkplain Split#isHeldOn fit there}, read
 * from where it lies when it is needed. Either way the batches are the same, bit for bit. Its tensors live in the scope
 * it was made in.
 */
public final class Examples {
    private static final double LEVELS = 255;

    /** What is copied to the device at once, in bytes. */
    private static final long PORTION = 64L << 20;

    /** What a disk reads about as fast as it seeks, in bytes. */
    private static final long STRETCH = 1 << 20;

    private final Split split;
    private final Map<String, Tensor> held = new LinkedHashMap<>();
    private final boolean isHeld;
    private final Pixels pixels;
    private final long seed;
    private final Device device;

    /**
     * Copies a split to a device, unless it is too large.
     *
     * @param pixels how images are treated
     * @param seed of the one sampling of {@link Pixels#STATIC}
     */
    public Examples(Split split, Pixels pixels, long seed, Device device) {
        this(split, pixels, seed, device, split.isHeldOn(device));
    }

    /** Copies a split to a device, or leaves it where it is. */
    Examples(Split split, Pixels pixels, long seed, Device device, boolean isHeld) {
        this.split = split;
        this.pixels = pixels;
        this.seed = seed;
        this.device = device;
        this.isHeld = isHeld;
        if (isHeld) {
            split.fields().forEach((name, source) -> held.put(name, copy(source)));
        }
    }

    /** Portion by portion, treated already where that is the same whenever it is done. */
    private Tensor copy(RowSource source) {
        long size = source.shape().size(0);
        long rows = Math.max(1, PORTION / Math.max(1, source.byteCount() / Math.max(1, size)));
        if (rows >= size) {
            return Tensor.of(readOnce(source, 0, size), device);
        }
        DType type = readOnce(source, 0, 0).dtype();
        Tensor all = Tensor.zeros(type, device, source.shape());
        for (long from = 0; from < size; from += rows) {
            try (Scope scope = Scope.open("portion")) {
                long to = Math.min(size, from + rows);
                all.narrow(0, from, to - from).assign(Tensor.of(readOnce(source, from, to), device));
            }
        }
        return all;
    }

    private HostArray readOnce(RowSource source, long from, long to) {
        return sampledOnce(
                source.rows(from, to), () -> LongStream.range(from, to).toArray());
    }

    /** Images whose one sampling is part of the data; the rest as it is. */
    private HostArray sampledOnce(HostArray array, Supplier<long[]> rows) {
        boolean isSampled = pixels == Pixels.STATIC && array.shape().rank() == 4;
        return isSampled ? StaticBinarisation.of(array, rows.get(), seed) : array;
    }

    /** The number of examples. */
    public long size() {
        return split.size();
    }

    /** How many neighbours are best shuffled as one: 1 of those that are held, else a MiB, which a disk reads in one go. */
    public int neighbours() {
        return isHeld ? 1 : (int) Math.max(1, STRETCH * size() / Math.max(1, byteCount()));
    }

    /** The length of all as they are stored. */
    public long byteCount() {
        return split.fields().values().stream().mapToLong(RowSource::byteCount).sum();
    }

    /** How many numbers an example has, in the field that has the most. */
    public long numbers() {
        return split.fields().values().stream()
                .mapToLong(
                        source -> source.shape().slice(1, source.shape().rank()).elements())
                .max()
                .orElse(1);
    }

    /** The treatment of its images. */
    public Pixels pixels() {
        return pixels;
    }

    /** Where its batches are. */
    public Device device() {
        return device;
    }

    /** Whether they are on the device; else each batch is read from where they lie. */
    public boolean isHeld() {
        return isHeld;
    }

    /**
     * The examples that an INT64 vector names, of those that are held.
     *
     * @param rng the noise of {@link Pixels#DYNAMIC}
     */
    public Batch batch(Tensor indices, Rng rng) {
        if (!isHeld) {
            return batch(read(indices.toHost().toLongs()), rng);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        held.forEach((name, values) -> batch.put(
                name,
                isImage(values)
                        ? treated(Functional.select(values, indices, scale(values)), rng)
                        : values.select(0, indices)));
        return new Batch(batch);
    }

    /**
     * Some examples, not yet on the device.
     *
     * @param fields [B, ...] by name
     */
    public record Read(Map<String, HostArray> fields) {
        /** Examples {@code from} (inclusive) to {@code to} (exclusive) of these. */
        public Read slice(long from, long to) {
            Map<String, HostArray> slices = new LinkedHashMap<>();
            fields.forEach((name, array) -> slices.put(name, array.rows(from, to)));
            return new Read(slices);
        }
    }

    /**
     * Reads examples from where they lie. Any thread may.
     *
     * @param rows which, from 0
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    public Read read(long[] rows) {
        return read(source -> sampledOnce(source.select(rows), () -> rows));
    }

    private Read read(Function<RowSource, HostArray> reader) {
        Map<String, HostArray> fields = new LinkedHashMap<>();
        split.fields().forEach((name, source) -> fields.put(name, reader.apply(source)));
        return new Read(fields);
    }

    /** Reads examples and forgets them, so that the system has them at hand. Any thread may. */
    public void touch(long from, long to) {
        split.fields().values().stream().filter(RowSource::isOnDisk).forEach(source -> source.rows(from, to));
    }

    /**
     * The batch of examples that were read.
     *
     * @param rng the noise of {@link Pixels#DYNAMIC}
     */
    public Batch batch(Read read, Rng rng) {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        read.fields().forEach((name, array) -> batch.put(name, treatedIfImage(Tensor.of(array, device), rng)));
        return new Batch(batch);
    }

    /** The examples from {@code from} on, in the order of the split. */
    public Batch range(long from, long count, Rng rng) {
        if (!isHeld) {
            return batch(read(source -> readOnce(source, from, from + count)), rng);
        }
        Map<String, Tensor> batch = new LinkedHashMap<>();
        held.forEach((name, values) -> batch.put(name, treatedIfImage(values.narrow(0, from, count), rng)));
        return new Batch(batch);
    }

    private Tensor treatedIfImage(Tensor values, Rng rng) {
        return isImage(values) ? treated(grey(values), rng) : values;
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
}
