package dev.elbo.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An attempt to complete a data set's folder in the cache. What comes is written to a folder beside the files,
 * and moved to its place when it is complete, checked and on the disk; so an attempt that was ended half-way
 * leaves nothing that is taken for good, and the next one removes what it left.
 */
final class Fetch {
    private static final int BUFFER = 1 << 16;

    private final DataSet set;
    private final Path folder;
    private final Path partial;
    private final Consumer<FetchEvent> listener;

    /** @param folder the data set's folder; the caller has the right to change it */
    Fetch(DataSet set, Path folder, Consumer<FetchEvent> listener) {
        this.set = set;
        this.folder = folder;
        this.partial = folder.resolve(".partial");
        this.listener = listener;
    }

    /**
     * Tries the sources in order until no file is missing.
     *
     * @throws DataUnavailableException if a file is still missing after the last
     * @throws StorageException if the folder cannot be written to
     */
    void from(List<Source> sources) throws IOException {
        if (missing().isEmpty()) {
            return; // another process has fetched them meanwhile
        }
        requireSpace();
        try {
            Files.writeString(folder.resolve("LICENSE"), set.licenceText());
            fetch(sources);
            listener.accept(new FetchEvent.Finished(set, folder));
        } finally {
            delete(partial);
        }
    }

    private List<CachedFile> missing() throws IOException {
        List<CachedFile> missing = new ArrayList<>();
        for (DataFile file : set.files()) {
            CachedFile cached = new CachedFile(folder, file);
            if (!cached.isIntact()) {
                missing.add(cached);
            }
        }
        return missing;
    }

    /** A package takes space too, and once more when it is unpacked. */
    private void requireSpace() throws IOException {
        long needed = set.bytes() + 2 * set.downloadBytes();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new StorageException(String.format(
                    Locale.ROOT,
                    "%s needs %,d MB in %s, and %,d MB are free there",
                    set.name(),
                    megabytes(needed),
                    folder,
                    megabytes(free)));
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    private void fetch(List<Source> sources) throws IOException {
        List<FetchEvent.Failed> answers = new ArrayList<>();
        for (Source source : sources) {
            try {
                fetch(source);
                return;
            } catch (StorageException | InterruptedIOException e) {
                throw e; // no other source would help
            } catch (IOException e) {
                answers.add(new FetchEvent.Failed(set, source.title(), reason(e)));
                listener.accept(answers.get(answers.size() - 1));
            }
        }
        throw new DataUnavailableException(set, answers);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void fetch(Source source) throws IOException {
        listener.accept(new FetchEvent.Started(set, source.title()));
        delete(partial);
        Path scratch = Files.createDirectories(partial.resolve("source"));
        Source.Delivery delivery = source.open(scratch);
        List<CachedFile> missing = missing();
        long total = missing.stream().mapToLong(cached -> cached.file().bytes()).sum();
        long stored = 0;
        for (CachedFile cached : missing) {
            receive(cached, delivery, new Count(stored, total));
            stored += cached.file().bytes();
        }
    }

    private void receive(CachedFile cached, Source.Delivery delivery, Count count) throws IOException {
        DataFile file = cached.file();
        try (PartialFile part = PartialFile.create(partial.resolve(file.name()), file)) {
            copy(delivery, part, count);
            part.moveTo(cached.path());
        }
        cached.stamp();
    }

    private void copy(Source.Delivery delivery, PartialFile part, Count count) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream content =
                        new BufferedInputStream(delivery.read(part.file().name()), BUFFER);
                InputStream in = inflated(content, part.file())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                part.write(buffer, read);
                listener.accept(new FetchEvent.Received(set, count.stored + part.bytes(), count.total));
            }
        } catch (EOFException | ZipException damage) {
            throw new IOException(
                    part.file().name() + " is damaged or breaks off (" + damage.getMessage() + ")", damage);
        }
    }

    /** The content without its compression by gzip, if it has one and is no archive that stays compressed. */
    private static InputStream inflated(InputStream content, DataFile file) throws IOException {
        if (file.name().endsWith(".gz")) {
            return content;
        }
        content.mark(2);
        boolean compressed = content.read() == 0x1f && content.read() == 0x8b;
        content.reset();
        return compressed ? new GZIPInputStream(content, BUFFER) : content;
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }

    /** How many bytes came before a file, and how many will come in all. */
    private record Count(long stored, long total) {}
}
