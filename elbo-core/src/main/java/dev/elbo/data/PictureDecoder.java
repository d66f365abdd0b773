package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Decodes pictures side by side, and hands them on in their order.
 *
 * @param folder where they lie, for messages
 * @param options to which size they are brought, on which ground they are laid, and whether broken ones are left out
 * @param listener told how many are done
 */
record PictureDecoder(Path folder, List<Example> examples, Reading options, Consumer<FetchEvent> listener) {
    private static final int COLOURS = 3;

    /** How many are decoded before they are put in their places; fewer of large ones. */
    private static final int MOST_AT_ONCE = 256;

    /** And how many bytes of them. */
    private static final long MOST_BYTES = 64L << 20;

    /** Where decoded levels go. */
    interface Sink {
        void put(ByteBuffer levels) throws IOException;
    }

    /** The shapes that all of them may have: in grey, if the first that is whole is, or else in colour. */
    List<Shape> shapes() throws IOException {
        Picture first = first();
        Shape colour = Shape.of(examples.size(), COLOURS, first.height(), first.width());
        return first.channels() == COLOURS
                ? List.of(colour)
                : List.of(Shape.of(examples.size(), 1, first.height(), first.width()), colour);
    }

    private Picture first() throws IOException {
        List<Remarks.Broken> broken = new ArrayList<>();
        for (Example example : examples) {
            try {
                return read(example).picture();
            } catch (InvalidFileException damage) {
                broken.add(new Remarks.Broken(example.file(), String.valueOf(damage.getMessage())));
            }
        }
        throw Remarks.ofBroken(broken).refusal(folder, examples.size());
    }

    private PictureFile read(Example example) throws IOException {
        PictureFile read = PictureFile.read(example.file(), options.ground());
        return options.imageSize().isChosen() ? read.resized(options.imageSize()) : read;
    }

    /**
     * Decodes all in their order; nothing if it comes upon one that has colours where the shape has none.
     *
     * @throws InvalidFileException if some are broken, and those are not to be left out; if one has another size
     */
    Optional<Remarks> decode(Shape shape, Sink sink) throws IOException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), PictureDecoder::daemon);
        try {
            Remarks found = Remarks.NONE;
            int portion = (int) Math.max(1, Math.min(MOST_AT_ONCE, MOST_BYTES * examples.size() / shape.elements()));
            for (int from = 0; from < examples.size(); from += portion) {
                int to = Math.min(from + portion, examples.size());
                Optional<Remarks> more = decode(from, to, shape, sink, threads);
                if (more.isEmpty()) {
                    return more;
                }
                found = found.and(more.get());
                listener.accept(new FetchEvent.Decoded(folder, to, examples.size()));
            }
            if (!found.broken().isEmpty() && !options.skipBroken()) {
                throw found.refusal(folder, examples.size());
            }
            return Optional.of(found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the images of " + folder + " were decoded");
        } finally {
            threads.shutdownNow();
        }
    }

    private Optional<Remarks> decode(int from, int to, Shape shape, Sink sink, ExecutorService threads)
            throws IOException, InterruptedException {
        List<Callable<PictureFile>> portion = new ArrayList<>();
        examples.subList(from, to).forEach(example -> portion.add(() -> read(example)));
        List<Future<PictureFile>> files = threads.invokeAll(portion);
        List<Remarks.Broken> broken = new ArrayList<>();
        Remarks remarks = Remarks.NONE;
        for (int i = from; i < to; i++) {
            try {
                PictureFile file = result(files.get(i - from));
                requireSize(shape, file.picture(), examples.get(i).file());
                if (file.picture().channels() > shape.size(1)) {
                    return Optional.empty();
                }
                remarks = remarks.and(Remarks.of(file));
                sink.put((shape.size(1) == COLOURS ? file.picture().inColour() : file.picture())
                        .levels()
                        .bytes());
            } catch (Unreadable damage) {
                broken.add(new Remarks.Broken(examples.get(i).file(), String.valueOf(damage.getMessage())));
            }
        }
        return Optional.of(remarks.and(Remarks.ofBroken(broken)));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "elbo-pictures");
        thread.setDaemon(true);
        return thread;
    }

    /** A picture that may be left out, unlike one of another size. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(InvalidFileException damage) {
            super(damage.getMessage(), damage);
        }
    }

    private static PictureFile result(Future<PictureFile> picture) throws IOException, InterruptedException {
        try {
            return picture.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof InvalidFileException damage) {
                throw new Unreadable(damage);
            }
            if (failure.getCause() instanceof IOException other) {
                throw other;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private void requireSize(Shape shape, Picture picture, Path file) throws InvalidFileException {
        if (picture.height() != shape.size(2) || picture.width() != shape.size(3)) {
            throw new InvalidFileException(
                    file,
                    "has " + picture.height() + " × " + picture.width() + " pixels, and the first picture has "
                            + shape.size(2) + " × " + shape.size(3),
                    "Give images of one size, or choose an image size to crop and resize them to, as in --image-size 64");
        }
    }
}
