package dev.elbo.data;

import java.nio.file.Path;

/** What happens while data are fetched, or images decoded, for whoever shows it. */
public sealed interface FetchEvent {
    /**
     * Another process is fetching or decoding the same data; this one waits for it.
     *
     * @param data their name
     */
    record Waiting(String data) implements FetchEvent {}

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

    /**
     * Images of a folder were decoded.
     *
     * @param images how many so far
     * @param total how many there are
     */
    record Decoded(Path folder, long images, long total) implements FetchEvent {}
}
