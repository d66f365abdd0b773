package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/** How what is stored of a field becomes what a model observes. */
interface Treatment {
    /**
     * What of it is the same whenever it is done.
     *
     * @param stored some rows of a split, [B, ...]
     * @param row which row of the split each of these is
     */
    default HostArray once(HostArray stored, LongUnaryOperator row) {
        return stored;
    }

    /**
     * What of it is done each time.
     *
     * @param held as {@link #once} leaves it, [B, ...]
     */
    default Tensor each(Tensor held, Rng rng) {
        return held;
    }

    /** What is done each time, to some rows of what is held. */
    default Tensor each(Tensor held, Tensor indices, Rng rng) {
        return each(held.select(0, indices), rng);
    }

    /**
     * The treatment of a field.
     *
     * @param pixels how images are treated
     * @param seed of the one sampling of {@link Pixels#STATIC}
     * @param length how long the sequence of a row of the split is; 1 where there are no sequences
     */
    static Treatment of(Field field, Pixels pixels, long seed, LongToIntFunction length) {
        if (field instanceof Field.Image) {
            return new OfPixels(pixels, seed);
        }
        if (field instanceof Field.Measured measured && measured.statistics().isPresent()) {
            return new Standardised(measured.statistics().get(), length);
        }
        return new AsStored();
    }

    /** What is observed as it is stored. */
    record AsStored() implements Treatment {}

    /** Brightness in 0 … 1, and perhaps binarised. */
    record OfPixels(Pixels pixels, long seed) implements Treatment {
        private static final double LEVELS = 255;

        @Override
        public HostArray once(HostArray stored, LongUnaryOperator row) {
            return pixels == Pixels.STATIC ? StaticBinarisation.of(stored, row, seed) : stored;
        }

        @Override
        public Tensor each(Tensor held, Rng rng) {
            Tensor numbers = held.to(DType.FLOAT32);
            return sampled(held.dtype() == DType.UINT8 ? numbers.over(LEVELS) : numbers, rng);
        }

        @Override
        public Tensor each(Tensor held, Tensor indices, Rng rng) {
            return sampled(Functional.select(held, indices, held.dtype() == DType.UINT8 ? LEVELS : 1), rng);
        }

        private Tensor sampled(Tensor grey, Rng rng) {
            return pixels == Pixels.DYNAMIC ? Functional.bernoulli(grey, rng.uniform(grey.shape())) : grey;
        }
    }

    /**
     * Numbers whose columns are brought to one scale. Padding remains 0.
     *
     * @param length how many times each row of the split has all columns
     */
    record Standardised(Statistics statistics, LongToIntFunction length) implements Treatment {
        @Override
        public HostArray once(HostArray stored, LongUnaryOperator row) {
            int rows = (int) stored.shape().size(0);
            float[] values = new float[(int) stored.shape().elements()];
            FloatBuffer given = stored.bytes().asFloatBuffer();
            for (int i = 0; i < rows; i++) {
                int from = i * (values.length / rows);
                int count = length.applyAsInt(row.applyAsLong(i)) * statistics.columns();
                for (int at = 0; at < count; at++) {
                    values[from + at] =
                            (float) statistics.standardised(given.get(from + at), at % statistics.columns());
                }
            }
            return HostArray.of(values, stored.shape().sizes());
        }
    }
}
