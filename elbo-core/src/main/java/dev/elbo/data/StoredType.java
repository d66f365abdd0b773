package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a file stores an element of an array. */
sealed interface StoredType {
    /** The length of an element, in bytes. */
    int bytes();

    /** How many bytes the parts of an element have whose order the file says. */
    default int unit() {
        return bytes();
    }

    /** Numbers. */
    sealed interface OfNumbers extends StoredType {
        /** What they are once they are read. */
        DType dtype();

        /**
         * What the elements say.
         *
         * @param elements little-endian
         */
        HostArray read(Shape shape, ByteBuffer elements);
    }

    /** Numbers that are read as they are stored. */
    record Plain(DType dtype) implements OfNumbers {
        @Override
        public int bytes() {
            return dtype.bytes();
        }

        @Override
        public HostArray read(Shape shape, ByteBuffer elements) {
            return new HostArray(dtype, shape, elements);
        }
    }

    /**
     * Whole numbers without a sign, of 2, 4 or 8 bytes. They are read as the next wider type that has one; the widest, of 8
     * bytes, as FLOAT64: up to 2⁵³ that is exact.
     */
    record Unsigned(int bytes) implements OfNumbers {
        @Override
        public DType dtype() {
            return switch (bytes) {
                case Short.BYTES -> DType.INT32;
                case Integer.BYTES -> DType.INT64;
                default -> DType.FLOAT64;
            };
        }

        @Override
        public HostArray read(Shape shape, ByteBuffer elements) {
            ByteBuffer from = elements.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer wide = ByteBuffer.allocate(from.remaining() / bytes * dtype().bytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (from.hasRemaining()) {
                switch (bytes) {
                    case Short.BYTES -> wide.putInt(Short.toUnsignedInt(from.getShort()));
                    case Integer.BYTES -> wide.putLong(Integer.toUnsignedLong(from.getInt()));
                    default -> wide.putDouble(unsigned(from.getLong()));
                }
            }
            return new HostArray(dtype(), shape, wide.flip());
        }

        private static double unsigned(long bits) {
            return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1)); // the last bit decides where it rounds to
        }
    }

    /**
     * Texts of one length, padded behind with zeros.
     *
     * @param isWide whether a character takes four bytes, UTF-32; else texts are in UTF-8
     */
    record Text(int bytes, boolean isWide) implements StoredType {
        @Override
        public int unit() {
            return isWide ? Integer.BYTES : 1;
        }

        /**
         * So many texts.
         *
         * @param elements little-endian
         */
        List<String> read(long count, ByteBuffer elements) {
            List<String> texts = new ArrayList<>();
            byte[] one = new byte[bytes];
            ByteBuffer from = elements.duplicate();
            for (long i = 0; i < count; i++) {
                from.get(one);
                texts.add(isWide ? wide(one) : new String(one, 0, end(one), StandardCharsets.UTF_8));
            }
            return texts;
        }

        private static String wide(byte[] text) {
            StringBuilder characters = new StringBuilder();
            ByteBuffer points = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
            for (int point = next(points); point > 0; point = next(points)) {
                characters.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
            }
            return characters.toString();
        }

        private static int next(ByteBuffer points) {
            return points.hasRemaining() ? points.getInt() : 0;
        }

        private static int end(byte[] text) {
            int end = text.length;
            while (end > 0 && text[end - 1] == 0) {
                end--;
            }
            return end;
        }
    }
}
