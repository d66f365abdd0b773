package dev.elbo.data;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;

/** A folder of {@link Recordings}, a .zip of one, or the table of one. */
final class SoundFolder implements Format {
    @Override
    public boolean reads(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return !Recordings.in(path, "").sounds().isEmpty() && !ImageListing.hasImages(path);
        }
        return isZip(path) || SoundTable.isOfSounds(path);
    }

    private static boolean isZip(Path path) {
        return Format.name(path).toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    @Override
    public String kind(Reading options) {
        return "recordings";
    }

    /**
     * The recordings.
     *
     * @throws InvalidFileException if none can be used
     */
    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        options.requireNoTurns(path.toString());
        String name = Format.name(path).replaceFirst("(?i)\\.(zip|[ct]sv)$", "");
        if (isZip(path)) {
            return inZip(path, root -> source(root, path, name, options));
        }
        Path root = Files.isDirectory(path)
                ? path
                : Objects.requireNonNull(path.toAbsolutePath().getParent());
        return source(root, path, name, options);
    }

    private static DataSource source(Path root, Path origin, String name, Reading options) throws IOException {
        ClipRemarks remarks = new ClipRemarks();
        List<Clip> clips = Recordings.in(root, name).clips(options.sound(), remarks);
        return new RecordedSpeech(origin, name, "", options, remarks).source(clips);
    }

    /** Reads what lies in a folder. */
    @FunctionalInterface
    interface Opening {
        /** The source. */
        DataSource read(Path root) throws IOException;
    }

    /**
     * Reads what lies in a .zip.
     *
     * @throws InvalidFileException if it is none
     */
    static DataSource inZip(Path zip, Opening opening) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            return opening.read(files.getPath("/"));
        } catch (ZipException | ProviderNotFoundException damage) {
            throw new InvalidFileException(zip.toString(), "is no whole .zip", InvalidFileException.REPLACE, damage);
        }
    }
}
