package dev.elbo.data;

import java.util.List;

/**
 * A published data set: what it holds, on which terms, and where its files can be had.
 *
 * @param spec its name, fields and attribution
 * @param title what it is, in a few words
 * @param licence the licence's usual abbreviation
 * @param licenceText what has to accompany copies of the data
 * @param downloadBytes about how much has to be fetched
 * @param files the files it consists of
 * @param sources where to have them from, the first to try first
 */
public record DataSet(
        DataSpec spec,
        String title,
        String licence,
        String licenceText,
        long downloadBytes,
        List<DataFile> files,
        List<Source> sources) {
    /** Copies. */
    public DataSet {
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    /** The name by which it is asked for. */
    public String name() {
        return spec.name();
    }

    /** The size of its files, not compressed. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
