package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.util.List;

/** An array as a file holds it. */
sealed interface StoredArray {
    /** The sizes of its dimensions. */
    Shape shape();

    /** Numbers. */
    record Numbers(HostArray array) implements StoredArray {
        @Override
        public Shape shape() {
            return array.shape();
        }
    }

    /**
     * Texts.
     *
     * @param values as many as elements, the last index varying fastest
     */
    record Texts(Shape shape, List<String> values) implements StoredArray {
        /** Copies the list. */
        public Texts {
            values = List.copyOf(values);
        }
    }

    /**
     * The numbers.
     *
     * @param origin the file, or the part of it, for messages
     * @throws InvalidFileException if it is of texts
     */
    default HostArray numbers(String origin) throws InvalidFileException {
        if (this instanceof Numbers numbers) {
            return numbers.array();
        }
        throw new InvalidFileException(
                origin, "holds texts " + shape() + ", and numbers are expected", "Give an array of numbers", null);
    }
}
