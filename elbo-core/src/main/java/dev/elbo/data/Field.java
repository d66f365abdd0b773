package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One of the things that are observed together: an image, the class it belongs to, a row of numbers. */
public sealed interface Field {
    /** The shape of one observation. */
    Shape shape();

    /** The element types that an array of observations can have. */
    Set<DType> dtypes();

    /**
     * A picture: bytes 0 to 255, or floats 0 to 1, [channels, height, width].
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param height in pixels
     * @param width in pixels
     */
    record Image(int channels, int height, int width) implements Field {
        /**
         * Validates the sizes.
         *
         * @throws IllegalArgumentException if one is below 1
         */
        public Image {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException("an image has at least 1 channel of 1 × 1 pixels; got " + channels
                        + " of " + height + " × " + width);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of(channels, height, width);
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.UINT8, DType.FLOAT32);
        }
    }

    /**
     * One of several classes: its index from 0, a single number.
     *
     * @param names what the classes are called, by index
     */
    record Category(List<String> names) implements Field {
        /**
         * Copies and validates the names.
         *
         * @throws IllegalArgumentException if there are none, or two are the same
         */
        public Category {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a category has at least one class");
            }
            if (new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException("a category's classes have different names; got " + names);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of();
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.INT64);
        }
    }

    /**
     * A row of real numbers, [columns].
     *
     * @param columns how many
     */
    record Table(int columns) implements Field {
        /**
         * Validates the size.
         *
         * @throws IllegalArgumentException if there are no columns
         */
        public Table {
            if (columns < 1) {
                throw new IllegalArgumentException("a table has at least 1 column; got " + columns);
            }
        }

        @Override
        public Shape shape() {
            return Shape.of(columns);
        }

        @Override
        public Set<DType> dtypes() {
            return EnumSet.of(DType.FLOAT32);
        }
    }
}
