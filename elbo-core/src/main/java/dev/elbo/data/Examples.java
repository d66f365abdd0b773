package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A split, from which batches are selected. It is held on the device; or, if it does not {@linkplain Split#isHeldOn fit there}, read
 * from where it lies when it is needed. Either way the batches are the same, bit for bit. Its tensors live in the scope
 * it was made in.
 *
 * <p>Sequences of a batch are narrowed to the longest of them, and to a multiple of {@value #WIDTHS}: batches of a few shapes recur.
 */
public final class Examples {
    /** What is copied to the device at once, in bytes. */
    private static final long PORTION = 64L << 20;

    /** What a disk reads about as fast as it seeks, in bytes. */
    private static final long STRETCH = 1 << 20;

    private static final int WIDTHS = 4;

    private final Split split;
    private final DataSpec spec;
    private final Map<String, Treatment> treatments = new LinkedHashMap<>();
    private final Map<String, long[]> lengths = new LinkedHashMap<>();
    private final Map<String, Tensor> held = new LinkedHashMap<>();
    private final Map<String, Tensor> heldLengths;
    private final Map<String, Tensor> heldPresent;
    private final boolean isHeld;
    private final Pixels pixels;
    private final Device device;

    /**
     * Copies a split to a device, unless it is too large.
     *
     * @param spec what the fields of the split are; it may have more than the split has
     * @param pixels how images are treated
     * @param seed of the one sampling of {@link Pixels#STATIC}
     * @throws IllegalArgumentException if the split has a field that is not in the spec, or no lengths of a ragged one
     */
    public Examples(Split split, DataSpec spec, Pixels pixels, long seed, Device device) {
        this(split, spec, pixels, seed, device, split.isHeldOn(device));
    }

    /** Copies a split to a device, or leaves it where it is. */
    Examples(Split split, DataSpec spec, Pixels pixels, long seed, Device device, boolean isHeld) {
        this.split = split;
        this.spec = spec;
        this.pixels = pixels;
        this.device = device;
        this.isHeld = isHeld;
        split.lengths()
                .forEach((name, source) -> lengths.put(name, source.toHost().toLongs()));
        split.fields().keySet().forEach(name -> treatments.put(name, treatment(name, seed)));
        if (isHeld) {
            split.fields().forEach((name, source) -> held.put(name, copy(name, source)));
        }
        heldLengths = isHeld ? map(split.lengths(), (name, source) -> Tensor.of(source.toHost(), device)) : Map.of();
        heldPresent = isHeld ? map(split.present(), (name, source) -> presence(source.toHost())) : Map.of();
    }

    private Treatment treatment(String name, long seed) {
        Field field = spec.field(name);
        long[] known = lengths.get(name);
        if (field instanceof Field.Ragged != (known != null)) {
            throw new IllegalArgumentException("field '" + name + "' is "
                    + field.getClass().getSimpleName() + ", and has "
                    + (known == null ? "no lengths; give them with the split" : "lengths; only sequences have them"));
        }
        return Treatment.of(field, pixels, seed, row -> known == null ? 1 : (int) known[(int) row]);
    }

    /** Portion by portion, treated already where that is the same whenever it is done. */
    private Tensor copy(String name, RowSource source) {
        long size = source.shape().size(0);
        long rows = Math.max(1, PORTION / Math.max(1, source.byteCount() / Math.max(1, size)));
        if (rows >= size) {
            return Tensor.of(readOnce(name, source, 0, size), device);
        }
        DType type = readOnce(name, source, 0, 0).dtype();
        Tensor all = Tensor.zeros(type, device, source.shape());
        for (long from = 0; from < size; from += rows) {
            try (Scope scope = Scope.open("portion")) {
                long to = Math.min(size, from + rows);
                all.narrow(0, from, to - from).assign(Tensor.of(readOnce(name, source, from, to), device));
            }
        }
        return all;
    }

    private HostArray readOnce(String name, RowSource source, long from, long to) {
        return treatment(name).once(source.rows(from, to), row -> from + row);
    }

    private Treatment treatment(String name) {
        return Objects.requireNonNull(treatments.get(name));
    }

    private Tensor presence(HostArray said) {
        return Tensor.of(said, device).to(DType.FLOAT32);
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

    /** The observations. */
    public Split split() {
        return split;
    }

    /** What the fields are. */
    public DataSpec spec() {
        return spec;
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

    /** Whether there are sequences of different lengths: the shape of a batch then depends on its examples. */
    public boolean isRagged() {
        return !lengths.isEmpty();
    }

    /**
     * The examples that an INT64 vector names. If they are ragged or not held, the vector is read back to the host.
     *
     * @param rng the noise of {@link Pixels#DYNAMIC}
     */
    public Batch batch(Tensor indices, Rng rng) {
        return isHeld && !isRagged()
                ? selected(indices, new long[0], rng)
                : batch(indices.toHost().toLongs(), rng);
    }

    /**
     * Some examples.
     *
     * @param rows which, from 0
     * @param rng the noise of {@link Pixels#DYNAMIC}
     */
    public Batch batch(long[] rows, Rng rng) {
        return isHeld
                ? selected(Tensor.of(HostArray.of(rows, rows.length), device), rows, rng)
                : batch(read(rows), rng);
    }

    /** @param rows the same as {@code indices}; any if there are no sequences */
    private Batch selected(Tensor indices, long[] rows, Rng rng) {
        return new Batch(
                map(held, (name, values) -> treatment(name).each(narrowed(name, values, rows), indices, rng)),
                map(heldLengths, (name, values) -> values.select(0, indices)),
                map(heldPresent, (name, values) -> values.select(0, indices)));
    }

    private Tensor narrowed(String name, Tensor values, long[] rows) {
        long[] all = lengths.get(name);
        return all == null
                ? values
                : narrowed(
                        values, Arrays.stream(rows).map(row -> all[(int) row]).toArray());
    }

    /** Sequences without what is padding in all rows. */
    private static Tensor narrowed(Tensor values, long[] lengths) {
        long longest = Math.max(1, Arrays.stream(lengths).max().orElse(1));
        long width = Math.min(values.size(1), (longest + WIDTHS - 1) / WIDTHS * WIDTHS);
        return values.narrow(1, 0, width);
    }

    /**
     * Some examples, not yet on the device.
     *
     * @param fields [B, ...] by name
     * @param lengths of the ragged fields, INT64 [B] by name
     * @param present of the fields that some lack, [B] by name
     */
    public record Read(Map<String, HostArray> fields, Map<String, HostArray> lengths, Map<String, HostArray> present) {
        /** Examples {@code from} (inclusive) to {@code to} (exclusive) of these. */
        public Read slice(long from, long to) {
            BiFunction<String, HostArray, HostArray> rows = (name, array) -> array.rows(from, to);
            return new Read(map(fields, rows), map(lengths, rows), map(present, rows));
        }
    }

    /**
     * Reads examples from where they lie. Any thread may.
     *
     * @param rows which, from 0
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    public Read read(long[] rows) {
        return read(source -> source.select(rows), row -> rows[(int) row]);
    }

    private Read read(Function<RowSource, HostArray> reader, LongUnaryOperator row) {
        return new Read(
                map(split.fields(), (name, source) -> treatment(name).once(reader.apply(source), row)),
                map(split.lengths(), (name, source) -> reader.apply(source)),
                map(split.present(), (name, source) -> reader.apply(source)));
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
        return new Batch(
                map(
                        read.fields(),
                        (name, array) -> treatment(name)
                                .each(onDevice(array, read.lengths().get(name)), rng)),
                map(read.lengths(), (name, array) -> Tensor.of(array, device)),
                map(read.present(), (name, array) -> presence(array)));
    }

    private Tensor onDevice(HostArray array, @Nullable HostArray ofLengths) {
        Tensor values = Tensor.of(array, device);
        return ofLengths == null
                ? values
                : narrowed(values, ofLengths.toLongs()).copy();
    }

    /** The examples from {@code from} on, in the order of the split. */
    public Batch range(long from, long count, Rng rng) {
        if (isRagged()) {
            return batch(LongStream.range(from, from + count).toArray(), rng);
        }
        if (!isHeld) {
            return batch(read(source -> source.rows(from, from + count), row -> from + row), rng);
        }
        return new Batch(
                map(held, (name, values) -> treatment(name).each(values.narrow(0, from, count), rng)),
                Map.of(),
                map(heldPresent, (name, values) -> values.narrow(0, from, count)));
    }

    private static <A, B> Map<String, B> map(Map<String, ? extends A> values, BiFunction<String, A, B> change) {
        Map<String, B> changed = new LinkedHashMap<>();
        values.forEach((name, value) -> changed.put(name, change.apply(name, value)));
        return changed;
    }
}
