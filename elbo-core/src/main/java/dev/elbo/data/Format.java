package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kind of file or folder that data can be read from. */
interface Format {
    /** Every kind, in the order in which a path is shown to them: the first that reads it does. */
    List<Format> ALL = List.of(
            new PictureZip(),
            new SoundFolder(),
            new TextFile(),
            new LabelledText(),
            new CsvFile(),
            new ArrayFile(),
            new IdxFolder(),
            new ShardFolder(),
            new TextFolder(),
            new DailyDialog(),
            new CifarFolder(),
            new ImageFolder());

    /** The name of the kind, in a word or two. */
    String kind(Reading options);

    /** The first kind that reads a path which is there. */
    static Format of(Path path) throws IOException {
        for (Format format : ALL) {
            if (format.reads(path)) {
                return format;
            }
        }
        throw new IllegalStateException("Bug: no format reads " + path);
    }

    /** Whether a path that is there is of this kind, by its name or by the names of what is in it. */
    boolean reads(Path path) throws IOException;

    /**
     * What a path of this kind holds.
     *
     * @param options how it is to be read
     * @param cache where what is slow to read is kept
     * @throws IllegalArgumentException if an option does not go with this kind of file
     * @throws InvalidFileException if a file is not what it should be
     */
    DataSource read(Path path, Reading options, DataCache cache) throws IOException;

    /** What data read from a path are called. */
    static String name(Path path) {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }
}
