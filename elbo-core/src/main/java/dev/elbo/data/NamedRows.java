package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Numbers as a file has them.
 *
 * @param origin the file, or the part of it, for messages
 * @param rows [N, ...]
 */
record NamedRows(String origin, RowSource rows) {
    /** The length of a portion that is read at once, in bytes. */
    private static final long PORTION = 16L << 20;

    /** Takes some of the rows. */
    interface Reader {
        /**
         * Some rows.
         *
         * @param from which row the first of them is
         * @return whether to go on
         */
        boolean read(HostArray some, long from) throws InvalidFileException;
    }

    /** All rows, some at a time, for as long as the reader goes on. */
    void forEachPortion(Reader reader) throws InvalidFileException {
        long size = rows.shape().size(0);
        long portion = Math.max(1, PORTION / Math.max(1, rows.byteCount() / Math.max(1, size)));
        boolean goesOn = true;
        for (long from = 0; goesOn && from < size; from += portion) {
            goesOn = reader.read(rows.rows(from, Math.min(size, from + portion)), from);
        }
    }

    /**
     * These rows, changed: now if they lie in memory, else whenever they are read.
     *
     * @throws InvalidFileException if the change refuses one of those in memory
     */
    RowSource changed(ChangedRows.Change change) throws InvalidFileException {
        return rows.isOnDisk() ? ChangedRows.of(rows, change) : change.of(rows.toHost(), LongUnaryOperator.identity());
    }

    /**
     * Refuses an element.
     *
     * @param element which of some rows, from 0
     * @param row which row of all each of these is
     * @param problem what is wrong with it, behind where it is
     */
    InvalidFileException invalid(
            HostArray some, int element, LongUnaryOperator row, String value, String problem, String remedy) {
        return invalid("has the value " + value + " at " + index(some, element, row) + problem, remedy);
    }

    /** Where an element is, as in [3, 0, 27]. */
    private static String index(HostArray some, int element, LongUnaryOperator row) {
        long[] index = some.shape().sizes();
        long rest = element;
        for (int dim = index.length - 1; dim >= 0; dim--) {
            long size = index[dim];
            index[dim] = rest % size;
            rest /= size;
        }
        index[0] = row.applyAsLong(index[0]);
        return Arrays.toString(index);
    }

    InvalidFileException invalid(String problem, String remedy) {
        return new InvalidFileException(origin, problem, remedy, null);
    }
}
