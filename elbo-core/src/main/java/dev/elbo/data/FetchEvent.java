package dev.elbo.data;

import java.nio.file.Path;

/** What happens while a data set is fetched, for whoever shows it. */
public sealed interface FetchEvent {
    /** The data set that is fetched. */
    DataSet set();

    /** Another process is fetching the same data set; this one waits for it. */
    record Waiting(DataSet set) implements FetchEvent {}

    /**
     * A source is tried.
     *
     * @param source its title
     */
    record Started(DataSet set, String source) implements FetchEvent {}

    /**
     * Bytes came and were stored.
     *
     * @param bytes how many so far, not compressed
     * @param total how many there will be
     */
    record Received(DataSet set, long bytes, long total) implements FetchEvent {}

    /**
     * A source failed; the next one is tried.
     *
     * @param source its title
     * @param reason what it answered
     */
    record Failed(DataSet set, String source, String reason) implements FetchEvent {}

    /**
     * All files are in the cache, checked.
     *
     * @param folder where they lie
     */
    record Finished(DataSet set, Path folder) implements FetchEvent {}
}
