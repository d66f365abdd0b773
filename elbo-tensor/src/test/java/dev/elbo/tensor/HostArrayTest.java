package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostArrayTest {

    private static HostArray littleEndian(DType dtype, int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return new HostArray(dtype, Shape.of(bytes.length / dtype.bytes()), buffer.flip());
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeReadsOneAndTwo(DType dtype) {
        HostArray array = switch (dtype) {
            case FLOAT64 -> littleEndian(dtype, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40);
            case FLOAT32 -> littleEndian(dtype, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
            case BFLOAT16 -> littleEndian(dtype, 0x80, 0x3f, 0, 0x40);
            case FLOAT16 -> littleEndian(dtype, 0, 0x3c, 0, 0x40);
            case INT64 -> littleEndian(dtype, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0);
            case INT32 -> littleEndian(dtype, 1, 0, 0, 0, 2, 0, 0, 0);
            case INT16 -> littleEndian(dtype, 1, 0, 2, 0);
            case INT8, UINT8, BOOL -> littleEndian(dtype, 1, 2);
        };
        double two = dtype == DType.BOOL ? 1 : 2; // true is 1, whatever its byte
        assertThat(array.toDoubles()).containsExactly(1, two);
        assertThat(array.toFloats()).containsExactly(1, (float) two);
        assertThat(array.toLongs()).containsExactly(1, (long) two);
        assertThat(array).hasToString(dtype + " [2]");
    }

    @Test
    void signedTypesReadMinusOneAndUnsignedOnesTheirMaximum() {
        assertThat(littleEndian(DType.INT8, 0xff).toLongs()).containsExactly(-1);
        assertThat(littleEndian(DType.UINT8, 0xff).toLongs()).containsExactly(255);
        assertThat(littleEndian(DType.INT16, 0xff, 0xff).toLongs()).containsExactly(-1);
        assertThat(littleEndian(DType.INT32, 0xff, 0xff, 0xff, 0xff).toLongs()).containsExactly(-1);
        assertThat(littleEndian(DType.BFLOAT16, 0x80, 0xbf).toDoubles()).containsExactly(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0.0",
        "0x8000, -0.0",
        "0x3555, 0.333251953125",
        "0x7bff, 65504",
        "0xfbff, -65504",
        "0x0001, 5.960464477539063e-8",
        "0x83ff, -6.097555160522461e-5",
        "0x0400, 6.103515625e-5",
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x7e01, NaN"
    })
    void halfFloatsFollowIeee754(int bits, double value) {
        HostArray array = littleEndian(DType.FLOAT16, bits & 0xff, bits >> 8 & 0xff);
        assertThat(array.toDoubles()).containsExactly(value);
    }

    @Test
    void everyHalfIsItsOwnNearestHalf() {
        ByteBuffer all = ByteBuffer.allocate(2 * 0x10000).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 0x10000; bits++) {
            boolean isNaN = (bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0;
            all.putShort((short) (isNaN ? 0 : bits));
        }
        HostArray halves = new HostArray(DType.FLOAT16, Shape.of(0x10000), all.flip());
        assertThat(HostArray.of(halves.toFloats(), 0x10000).toHalf()).isEqualTo(halves);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0004882, 1", // 1 + 2⁻¹¹, between 1 and 1 + 2⁻¹⁰, whose last bit is 1
        "1.0014648, 1.001953125", // 1 + 3 · 2⁻¹¹
        "1.0004884, 1.0009765625",
        "-0.1, -0.0999755859375",
        "2047.9, 2048",
        "65519.99, 65504",
        "65520, Infinity",
        "-1e9, -Infinity",
        "6.1e-5, 6.097555160522461e-5",
        "2.9802322e-8, 0", // 2⁻²⁵, between 0 and 2⁻²⁴
        "2.9802326e-8, 5.960464477539063e-8",
        "-1e-9, -0.0",
        "NaN, NaN"
    })
    void aFloatBecomesTheNearestHalfAndOfTwoTheEvenOne(float value, double half) {
        assertThat(HostArray.of(new float[] {value}, 1).toHalf().toDoubles()).containsExactly(half);
    }

    @Test
    void longsBeyondDoublesPrecisionStayExact() {
        long[] values = {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1};
        assertThat(HostArray.of(values, 3).toLongs()).containsExactly(values);
    }

    @Property(tries = 200)
    void valuesComeBackAsTheyWereGiven(@ForAll float[] floats, @ForAll double[] doubles, @ForAll long[] longs) {
        assertThat(HostArray.of(floats, floats.length).toFloats()).containsExactly(floats);
        assertThat(HostArray.of(doubles, doubles.length).toDoubles()).containsExactly(doubles);
        assertThat(HostArray.of(longs, longs.length).toLongs()).containsExactly(longs);
    }

    @Property(tries = 100)
    void rowsAreTheRowsOfTheArray(@ForAll @IntRange(max = 6) int a, @ForAll @IntRange(max = 6) int b) {
        HostArray array = HostArray.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 6, 2);
        int from = Math.min(a, b);
        int to = Math.max(a, b);
        HostArray rows = array.rows(from, to);
        assertThat(rows.shape()).isEqualTo(Shape.of(to - from, 2));
        float[] expected = new float[2 * (to - from)];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 2 * from + i;
        }
        assertThat(rows.toFloats()).containsExactly(expected);
    }

    @Test
    void rowsOfAnEmptyArrayAreEmpty() {
        HostArray none = HostArray.of(new float[0], 0, 3);
        assertThat(none.rows(0, 0).shape()).isEqualTo(Shape.of(0, 3));
        assertThat(HostArray.of(new float[0], 4, 0).rows(1, 3).shape()).isEqualTo(Shape.of(2, 0));
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        HostArray array = HostArray.of(new float[6], 3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> array.rows(2, 4))
                .withMessage("rows 2 to 4 of an array with 3 rows");
        assertThatIllegalArgumentException().isThrownBy(() -> array.rows(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> array.rows(2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostArray.of(new float[1]).rows(0, 1))
                .withMessage("shape [] has no dimension 0");
    }

    @Test
    void anotherShapeHasTheSameElements() {
        HostArray array = HostArray.of(new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(array.reshape(3, 2).toLongs()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatIllegalArgumentException().isThrownBy(() -> array.reshape(4, 2));
    }

    @Test
    void readersDoNotDisturbOneAnother() {
        HostArray array = HostArray.of(new float[] {1, 2}, 2);
        ByteBuffer reader = array.bytes();
        assertThat(reader.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        reader.getFloat();
        assertThat(array.bytes().getFloat()).isEqualTo(1);
        assertThat(array.toFloats()).containsExactly(1, 2);
    }

    @Test
    void aPartOfABufferIsAnArray() {
        ByteBuffer file = ByteBuffer.wrap(new byte[] {9, 9, 1, 2, 3, 9});
        HostArray array = new HostArray(DType.UINT8, Shape.of(3), file.slice(2, 3));
        assertThat(array.toLongs()).containsExactly(1, 2, 3);
        file.position(2).limit(5);
        assertThat(new HostArray(DType.UINT8, Shape.of(3), file)).isEqualTo(array);
    }

    @Test
    void aWrongNumberOfBytesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostArray.of(new float[] {1, 2, 3}, 2, 2))
                .withMessage("an array of FLOAT32 [2, 2] has 16 bytes; got 12");
    }

    @Test
    void anArrayWhoseBytesOverflowALongIsNotTakenForAnEmptyOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostArray(DType.FLOAT64, Shape.of(1L << 61), ByteBuffer.allocate(0)))
                .withMessage("an array of FLOAT64 [2305843009213693952] is too large");
    }
}
