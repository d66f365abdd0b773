package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A published data set: on which terms it is to be had, where, and how its files are read.
 *
 * @param name the name by which it is asked for
 * @param title what it is, in a few words
 * @param attribution whom to credit wherever the data are shown, and under which licence
 * @param licence the licence's usual abbreviation
 * @param licenceText what has to accompany copies of the data
 * @param downloadBytes about how much has to be fetched
 * @param files the files it consists of
 * @param sources where to have them from, the first to try first
 * @param opening how the files are read
 */
public record DataSet(
        String name,
        String title,
        String attribution,
        String licence,
        String licenceText,
        long downloadBytes,
        List<DataFile> files,
        List<Source> sources,
        Opening opening) {
    /** Copies. */
    public DataSet {
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    /** How the files of a data set become data. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Reads the data.
         *
         * @param folder where all files of the set are
         * @param options how they are to be read
         * @throws InvalidFileException if a file is not what it should be
         */
        DataSource open(Path folder, Reading options) throws IOException;

        /**
         * Reads the data, keeping in a cache what is slow to read.
         *
         * @throws InvalidFileException if a file is not what it should be
         */
        default DataSource open(Path folder, Reading options, DataCache cache) throws IOException {
            return open(folder, options);
        }

        /** Where the data come from in a few words, if they are not fetched; else nothing. */
        default String origin() {
            return "";
        }

        /** Whether the user has to say in which folder the data are. */
        default boolean isSupplied() {
            return false;
        }

        /** Whether an image size can be chosen. */
        default boolean resizes() {
            return false;
        }
    }

    /** The text of the licence of a data set that comes with Elbo. */
    static String licence(String name) {
        try (InputStream text = DataSet.class.getResourceAsStream("licence-" + name + ".txt")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Bug: the licence of " + name + " cannot be read", e);
        }
    }

    /** The size of its files, not compressed. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
