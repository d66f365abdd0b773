package dev.elbo.data;

import static java.util.stream.Collectors.joining;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an .npy file: a magic string, a version, and a dictionary that Python could evaluate,
 * as in {@code {'descr': '<f4', 'fortran_order': False, 'shape': (10, 28, 28), }}.
 *
 * @param array what the file holds
 * @param columnMajor whether the first index varies fastest, as in Fortran
 */
record NpyHeader(ArrayHeader array, boolean columnMajor) {
    private static final Map<String, DType> TYPES = Map.of(
            "f2", DType.FLOAT16,
            "f4", DType.FLOAT32,
            "f8", DType.FLOAT64,
            "i1", DType.INT8,
            "i2", DType.INT16,
            "i4", DType.INT32,
            "i8", DType.INT64,
            "u1", DType.UINT8,
            "b1", DType.BOOL);

    private static final Pattern TEXT = Pattern.compile("'[<>|=]([US])(\\d{1,7})'");

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The elements begin at a multiple of this many bytes. */
    private static final int ALIGNMENT = 64;

    /** NumPy's own limit, in bytes. */
    private static final int MAX_LENGTH = 10_000;

    /** The three keys in any order; possessive, because backtracking over blanks takes cubic time. */
    private static final Pattern DICTIONARY = Pattern.compile("""
            \\{ (?: \\s*+ (?: 'descr' \\s*+ : \\s*+ (?<type> '[^']*+' | \\[ .* ] )
                            | 'fortran_order' \\s*+ : \\s*+ (?<columnMajor> True | False )
                            | 'shape' \\s*+ : \\s*+ \\( (?<sizes> [\\d\\sL,]*+ ) \\) )
                    \\s*+ ,?+ ){3} \\s*+ } \\s*+
            """, Pattern.COMMENTS | Pattern.DOTALL);

    private static final List<String> KEYS = List.of("type", "columnMajor", "sizes");

    /** Python 2 wrote an L behind numbers. */
    private static final Pattern COMMA = Pattern.compile("L?\\s*(,\\s*|$)");

    private static final String SAVE_AGAIN = "Save it with np.save";

    /**
     * The header at the beginning of a stream.
     *
     * @param file the file's name, for messages
     * @throws InvalidFileException if there is none, or none that can be used
     */
    static NpyHeader read(InputStream in, String file) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length + 2);
        if (magic.length < MAGIC.length + 2 || !Arrays.equals(magic, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw invalid(file, "is not an .npy file: it does not begin with 93 'NUMPY' and a version", SAVE_AGAIN);
        }
        int version = magic[MAGIC.length];
        if (version < 1 || version > 3) {
            throw invalid(file, "has version " + version + " of the format, and Elbo reads 1 to 3", SAVE_AGAIN);
        }
        return parse(text(in, version == 1 ? Short.BYTES : Integer.BYTES, file), file);
    }

    private static String text(InputStream in, int lengthBytes, String file) throws IOException {
        byte[] length = in.readNBytes(lengthBytes);
        int bytes = ByteBuffer.wrap(Arrays.copyOf(length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (bytes < 0 || bytes > MAX_LENGTH) {
            String promise = Integer.toUnsignedString(bytes) + " bytes, and NumPy's are below " + MAX_LENGTH;
            throw invalid(file, "is damaged: it promises a header of " + promise, InvalidFileException.REPLACE);
        }
        byte[] text = in.readNBytes(bytes);
        if (length.length < lengthBytes || text.length < bytes) {
            throw invalid(file, "is truncated: it ends within its header", InvalidFileException.REPLACE);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static NpyHeader parse(String text, String file) throws InvalidFileException {
        Matcher dictionary = DICTIONARY.matcher(text);
        if (!dictionary.matches() || KEYS.stream().anyMatch(key -> dictionary.group(key) == null)) {
            throw invalid(file, "has a header that NumPy would not write: " + excerpt(text), SAVE_AGAIN);
        }
        String type = dictionary.group("type");
        ByteOrder order = type.startsWith("'>") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long[] sizes = sizes(dictionary.group("sizes"), file);
        ArrayHeader array = ArrayHeader.of(file, stored(type, file), sizes, order);
        return new NpyHeader(array, dictionary.group("columnMajor").equals("True"));
    }

    private static String excerpt(String text) {
        return text.substring(0, Math.min(text.length(), 80)).strip();
    }

    private static StoredType stored(String type, String file) throws InvalidFileException {
        if (type.endsWith("O'")) {
            String problem = "holds Python objects, and to read those is to run code from the file";
            throw invalid(
                    file,
                    problem,
                    "Save numbers: np.save(file, array.astype('f4')), or names: np.save(file, array.astype('U'))");
        }
        Matcher text = TEXT.matcher(type);
        if (text.matches()) {
            boolean isWide = text.group(1).equals("U");
            return new StoredType.Text(Integer.parseInt(text.group(2)) * (isWide ? Integer.BYTES : 1), isWide);
        }
        if (type.matches("'[<>|]u[248]'")) {
            return new StoredType.Unsigned(type.charAt(3) - '0');
        }
        return new StoredType.Plain(dtype(type, file));
    }

    private static DType dtype(String type, String file) throws InvalidFileException {
        DType dtype = type.matches("'[<>|]..'") ? TYPES.get(type.substring(2, 4)) : null;
        if (dtype == null) {
            String problem = "holds elements of type " + type
                    + ", and Elbo reads f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1, U and S";
            String remedy = type.startsWith("[")
                    ? "Save each of its fields as an array, as in np.savez(file, x=array['x'])"
                    : "Convert them: np.save(file, array.astype('f4'))";
            throw invalid(file, problem, remedy);
        }
        return dtype;
    }

    /** From "3, 4", "3," or "". */
    private static long[] sizes(String tuple, String file) throws InvalidFileException {
        try {
            return COMMA.splitAsStream(tuple.strip())
                    .filter(size -> !size.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException impossible) {
            String problem = "is damaged: its header promises an array of shape (" + tuple + ")";
            throw new InvalidFileException(file, problem, InvalidFileException.REPLACE, impossible);
        }
    }

    private static InvalidFileException invalid(String file, String problem, String remedy) {
        return new InvalidFileException(file, problem, remedy, null);
    }

    /** The elements that were read behind this header, with the last index varying fastest. */
    StoredArray rowMajor(StoredArray read) {
        return columnMajor && read instanceof StoredArray.Numbers numbers
                ? new StoredArray.Numbers(rowMajor(numbers.array()))
                : read; // texts are in one row or one column
    }

    private static HostArray rowMajor(HostArray read) {
        long[] sizes = read.shape().sizes();
        int width = read.dtype().bytes();
        ByteBuffer from = read.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.remaining());
        for (int row = 0; row < to.capacity() / width; row++) {
            to.put(row * width, from, columnMajorIndex(row, sizes) * width, width);
        }
        return new HostArray(read.dtype(), read.shape(), to);
    }

    /** Element (i, j, k) of [I, J, K] is number k + K (j + J i) row by row, and i + I (j + J k) column by column. */
    private static int columnMajorIndex(int rowMajorIndex, long[] sizes) {
        long index = 0;
        long outer = rowMajorIndex;
        for (int dim = sizes.length - 1; dim >= 0; dim--) {
            index = index * sizes[dim] + outer % sizes[dim];
            outer /= sizes[dim];
        }
        return (int) index;
    }

    /**
     * The header of an array, version 1, padded with blanks.
     *
     * @throws IllegalArgumentException if NumPy has no such type
     */
    static ByteBuffer bytes(HostArray array) {
        return bytes(array.dtype(), array.shape());
    }

    /** The same of an array that may be larger than memory. */
    static ByteBuffer bytes(DType dtype, Shape shape) {
        String sizes = Arrays.stream(shape.sizes()).mapToObj(size -> size + ",").collect(joining(" "));
        String text = "{'descr': '" + type(dtype) + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int preamble = MAGIC.length + 2 * Short.BYTES;
        int blanks = Math.floorMod(-(preamble + text.length() + 1), ALIGNMENT);
        String padded = text + " ".repeat(blanks) + "\n";
        return ByteBuffer.allocate(preamble + padded.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) 1)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.ISO_8859_1))
                .flip();
    }

    private static String type(DType dtype) {
        String order = dtype.bytes() == 1 ? "|" : "<";
        return order
                + TYPES.entrySet().stream()
                        .filter(type -> type.getValue() == dtype)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("NumPy has no " + dtype + "; convert it first"));
    }
}
