package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Distribution;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a trained model makes, by field: pictures, text, sound. What is shown is the centre of the likelihood. Each call
 * frees all that it computes with, and several threads may call at once.
 *
 * @param spec what the fields are
 * @param device where the model is
 */
public record Generator(LatentVariableModel model, DataSpec spec, Device device) {
    /** Significant digits of a number in a row. */
    private static final int DIGITS = 4;

    /**
     * What latents sampled from the prior become.
     *
     * @param conditions by field, [count, ...]
     * @param temperature of every latent's prior
     */
    public Map<String, Shown> samples(int count, Map<String, HostArray> conditions, double temperature, long seed) {
        return model.signature().latents().isEmpty()
                ? drawn(count, conditions, temperature, seed)
                : decode(latents(count, conditions, temperature, seed), conditions);
    }

    /** Of a model without latents: what is drawn from the likelihood itself. */
    private Map<String, Shown> drawn(int count, Map<String, HostArray> conditions, double temperature, long seed) {
        return inScope(() -> {
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            Map<String, Shown> drawn = new LinkedHashMap<>();
            model.decode(Map.of(), Batch.of(conditions, device), pass)
                    .forEach((field, p) -> drawn.put(
                            field,
                            show(
                                    spec.field(field),
                                    p.sample(count, temperature, pass.rng()).toHost())));
            return drawn;
        });
    }

    /** Latents sampled from the prior, by name, [count, event...]. */
    public Map<String, HostArray> latents(int count, Map<String, HostArray> conditions, double temperature, long seed) {
        return inScope(() -> {
            Pass pass = Pass.evaluation(Rng.seeded(seed, device));
            return host(model.latents(count, Batch.of(conditions, device), temperature, pass));
        });
    }

    /** What the centres of the posteriors become: what the model makes of the examples. */
    public Map<String, Shown> reconstructions(Batch batch) {
        return inScope(() -> shown(encode(batch), batch));
    }

    /** Centres of the posteriors by latent, [N, event...]. */
    public Map<String, HostArray> codes(Batch batch) {
        return inScope(() -> host(encode(batch)));
    }

    /**
     * Centres of the posteriors of a model with one latent, [N, event...].
     *
     * @throws IllegalArgumentException if it has several
     */
    public HostArray code(Batch batch) {
        Map<String, HostArray> codes = codes(batch);
        if (codes.size() > 1) {
            throw new IllegalArgumentException(
                    "the model has the latents " + codes.keySet() + "; ask for codes by name");
        }
        return codes.values().iterator().next();
    }

    /**
     * What given latents become.
     *
     * @param latents by name, [N, event...]; those that are missing are put at the centre of their prior
     * @param conditions by field, [N, ...]
     */
    public Map<String, Shown> decode(Map<String, HostArray> latents, Map<String, HostArray> conditions) {
        return inScope(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            latents.forEach((name, array) -> tensors.put(name, Tensor.of(array, device)));
            return shown(tensors, Batch.of(conditions, device));
        });
    }

    private Map<String, Tensor> encode(Batch batch) {
        return model.encode(batch, Pass.deterministic());
    }

    private Map<String, Shown> shown(Map<String, Tensor> latents, Batch conditions) {
        Map<String, Shown> shown = new LinkedHashMap<>();
        model.decode(latents, conditions, Pass.deterministic())
                .forEach((field, p) -> shown.put(field, shown(field, p)));
        return shown;
    }

    private Shown shown(String field, Distribution p) {
        return show(spec.field(field), p.centre().toHost());
    }

    /**
     * Values of a field as people see or hear them.
     *
     * @param values [N, ...], as a model observes them
     */
    public static Shown show(Field field, HostArray values) {
        if (field instanceof Field.Image) {
            return new Shown.Images(visible(values));
        }
        if (field instanceof Field.Tokens tokens) {
            return new Shown.Text(rows(values)
                    .map(row -> String.join(" / ", tokens.vocabulary().decodeAll(row.toLongs())))
                    .toList());
        }
        if (field instanceof Field.Frames frames && frames.analysis().isPresent()) {
            return Voiced.of(frames, frames.analysis().get(), rows(values).toList());
        }
        if (field instanceof Field.Frames frames && frames.isWave()) {
            return new Shown.Sound(
                    rows(values).map(Generator::withoutPadding).toList(), frames.rateHz() * frames.channels());
        }
        if (field instanceof Field.Frames frames && frames.channels() == 1) {
            return new Shown.Sound(rows(values).map(Generator::wave).toList(), frames.rateHz());
        }
        if (field instanceof Field.Category category) {
            return new Shown.Text(LongStream.of(values.toLongs())
                    .mapToObj(label -> category.names().get((int) label))
                    .toList());
        }
        if (field instanceof Field.Table table) {
            return new Shown.Text(rows(values).map(row -> line(table, row)).toList());
        }
        return new Shown.Text(rows(values).map(Generator::line).toList());
    }

    private static Stream<HostArray> rows(HostArray values) {
        return IntStream.range(0, (int) values.shape().size(0)).mapToObj(i -> values.rows(i, i + 1));
    }

    /** [1, T, hop] as [N], without the zeros at its end. */
    private static HostArray withoutPadding(HostArray row) {
        float[] samples = row.toFloats();
        int end = samples.length;
        while (end > 1 && samples[end - 1] == 0) {
            end--;
        }
        return HostArray.of(Arrays.copyOf(samples, end), end);
    }

    /** [1, T, 1] as [T]. */
    private static HostArray wave(HostArray row) {
        return HostArray.of(row.toFloats(), row.shape().elements());
    }

    /** As in "height=1.8, weight=75", in the data's units. */
    private static String line(Field.Table table, HostArray row) {
        double[] values = row.toDoubles();
        return IntStream.range(0, values.length)
                .mapToObj(column -> table.names().get(column) + "="
                        + number(table.statistics()
                                .map(statistics -> statistics.restored(values[column], column))
                                .orElse(values[column])))
                .collect(Collectors.joining(", "));
    }

    /** Four digits, without zeros behind the last: 75, 1.8 or 1.2e-05. */
    private static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean isPlain = Math.abs(rounded.precision() - rounded.scale()) <= 2 * DIGITS;
        return isPlain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
    }

    /** Of two channels the first is shown in grey, and of four the first three in colour. */
    private static HostArray visible(HostArray images) {
        int channels = (int) images.shape().size(1);
        int shown = channels == 2 ? 1 : Math.min(channels, 3);
        if (shown == channels) {
            return images;
        }
        int count = (int) images.shape().size(0);
        HostArray planes = images.reshape(
                (long) count * channels, images.shape().size(2), images.shape().size(3));
        return planes.select(IntStream.range(0, count * shown)
                        .mapToLong(i -> (long) i / shown * channels + i % shown)
                        .toArray())
                .reshape(count, shown, images.shape().size(2), images.shape().size(3));
    }

    private static String line(HostArray row) {
        return Arrays.stream(row.toDoubles())
                .mapToObj(value -> String.format(Locale.ROOT, "%.4g", value))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, HostArray> host(Map<String, Tensor> tensors) {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        return arrays;
    }

    private static <T> T inScope(Supplier<T> work) {
        try (Scope scope = Scope.open("generation");
                Inference use = Inference.begin()) {
            return work.get();
        }
    }

    /** The fields that the model makes. */
    public List<String> fields() {
        return model.signature().observed();
    }
}
