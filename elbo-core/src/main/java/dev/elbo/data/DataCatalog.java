package dev.elbo.data;

import dev.elbo.option.NearestName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data sets that are known by name, and the one way from a name or a path to data.
 *
 * <pre>{@code
 * DataCache cache = DataCache.of(System.getenv(), event -> {});
 * DataSource mnist = DataCatalog.standard().open("mnist", cache, Reading.standard());
 * }</pre>
 *
 * @param sets the data sets, in the order in which they are listed
 */
public record DataCatalog(List<DataSet> sets) {
    /** Copies. */
    public DataCatalog {
        sets = List.copyOf(sets);
    }

    /** The data sets that come with Elbo. */
    public static DataCatalog standard() {
        List<DataSet> sets = new ArrayList<>(List.of(
                MnistFamily.mnist(),
                MnistFamily.fashionMnist(),
                BrownCorpus.brown(),
                Glosses.wordNet(),
                Poems.poems(),
                Reviews.chinese(),
                Verses.labelled(),
                Verses.pairs()));
        sets.addAll(PublishedPictures.all());
        sets.addAll(RecordedSets.all());
        return new DataCatalog(sets);
    }

    /**
     * Opens a data set of this catalog, fetching it first if it is not in the cache, or the user's own data:
     * a folder of images, of recordings, of IDX files, of shards or of texts, a .zip of recordings, a single IDX, .npy, .npz, .csv, .tsv or .txt file. A name of the catalog comes
     * before a file of that name; "./mnist" means the file.
     *
     * @param nameOrPath a name of this catalog or a path
     * @param cache where fetched files are kept, and the images of large folders as they were decoded
     * @param options how the user's own files are to be read
     * @throws IllegalArgumentException if there is nothing of this name, or an image size is asked for where there
     *     are no image files to resize
     * @throws DataUnavailableException if no source has the files
     * @throws InvalidFileException if a file is not what it should be
     */
    public DataSource open(String nameOrPath, DataCache cache, Reading options) throws IOException {
        Optional<DataSet> known = find(nameOrPath);
        if (known.isPresent()) {
            DataSet.Opening opening = known.get().opening();
            if (!opening.resizes()) {
                options.requireNoImageSize(nameOrPath);
            }
            options.requireNoTurns(nameOrPath);
            Path folder = opening.isSupplied() ? cache.suppliedFolder(known.get()) : cache.fetch(known.get());
            return opening.open(folder, options, cache);
        }
        Path path = Path.of(nameOrPath);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(nothingAt(path));
        }
        return open(path, cache, options);
    }

    /** The data set of a name, if there is one. */
    public Optional<DataSet> find(String name) {
        return sets.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    private static DataSource open(Path path, DataCache cache, Reading options) throws IOException {
        return Format.of(path).read(path, options, cache);
    }

    private String nothingAt(Path path) {
        if (path.getNameCount() > 1
                || path.isAbsolute()
                || path.toString().matches(".*\\.(idx|npy|npz|csv|tsv|txt|zip|gz|png|jpe?g|wav|flac|mp3|ogg)")) {
            Path missing = path.toAbsolutePath().normalize();
            return "there is no file or folder " + missing
                    + NearestName.of(String.valueOf(missing.getFileName()), beside(missing))
                            .map(name -> "; did you mean " + missing.resolveSibling(name) + "?")
                            .orElse("");
        }
        List<String> names = sets.stream().map(DataSet::name).toList();
        Optional<String> near = NearestName.of(path.toString(), beside(path.toAbsolutePath()));
        if (near.isPresent() && NearestName.of(path.toString(), names).isEmpty()) {
            return "there is no file, folder or data set '" + path + "'; did you mean '" + near.get() + "'?";
        }
        return NearestName.message("data", path.toString(), names)
                + "; or give the path of a folder of images or of recordings, or of an IDX, .npy, .npz, .csv, .tsv or .txt file";
    }

    /** What lies where a file or folder was to be. */
    private static List<String> beside(Path missing) {
        Path folder = missing.getParent();
        File[] found = folder == null ? null : folder.toFile().listFiles(file -> !file.isHidden());
        return found == null
                ? List.of()
                : Stream.of(found).map(File::getName).sorted().toList();
    }
}
