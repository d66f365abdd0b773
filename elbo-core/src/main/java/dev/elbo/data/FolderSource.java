package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder with a data set's files, supplied by hand. A .zip of recordings may lie there as the folder that it holds.
 *
 * @param folder the folder
 * @param set the name of the data set; the files may also lie in a sub-folder of this name
 */
record FolderSource(Path folder, String set) implements Source {
    @Override
    public String title() {
        return "folder " + folder;
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no such folder");
        }
        return name -> Files.newInputStream(file(name, scratch));
    }

    private Path file(String name, Path scratch) throws IOException {
        Optional<Path> found = find(folder.resolve(set), name).or(() -> find(folder, name));
        Optional<Path> recordings = found.isPresent() || !name.endsWith(".zip") ? Optional.empty() : unpacked(name);
        if (recordings.isPresent()) {
            Path packed = scratch.resolve(name);
            PackedFolder.write(recordings.get(), packed);
            return packed;
        }
        return found.orElseThrow(() -> new NoSuchFileException(
                "neither it nor its sub-folder " + set + " has the file " + name + " or " + name + ".gz"));
    }

    /** The folder of a .zip's name, without the ending; or the set's own. */
    private Optional<Path> unpacked(String zip) {
        String name = zip.substring(0, zip.length() - ".zip".length());
        return List.of(folder.resolve(set).resolve(name), folder.resolve(name), folder.resolve(set)).stream()
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** The file of a name as it is usually spelt: "t10k-images-idx3-ubyte", ".idx3-ubyte", with or without ".gz". */
    static Optional<Path> find(Path folder, String name) {
        String dotted = name.replace("-idx", ".idx");
        return List.of(name, name + ".gz", dotted, dotted + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
