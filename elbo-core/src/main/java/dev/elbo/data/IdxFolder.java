package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with files called as MNIST's: "train-images-idx3-ubyte", perhaps labels, perhaps a test set. */
final class IdxFolder implements Format {
    private static final String TRAIN = "train";
    private static final String TEST = "t10k";

    @Override
    public boolean reads(Path path) {
        return images(path, TRAIN).isPresent();
    }

    @Override
    public String kind(Reading options) {
        return "idx";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return read(path).source(Format.name(path), options.pixelRange());
    }

    /**
     * The arrays of a folder that is one.
     *
     * @throws InvalidFileException if a file is not IDX or damaged
     */
    static LabelledArrays read(Path folder) throws IOException {
        LabelledArrays.Part train = part(folder, TRAIN, images(folder, TRAIN).orElseThrow());
        Optional<Path> testImages = images(folder, TEST);
        Optional<LabelledArrays.Part> test =
                testImages.isPresent() ? Optional.of(part(folder, TEST, testImages.get())) : Optional.empty();
        return new LabelledArrays(folder.toString(), train, test);
    }

    private static Optional<Path> images(Path folder, String split) {
        return FolderSource.find(folder, split + "-images-idx3-ubyte");
    }

    private static LabelledArrays.Part part(Path folder, String split, Path images) throws IOException {
        Optional<Path> labels = FolderSource.find(folder, split + "-labels-idx1-ubyte");
        return ArrayFile.part(images, labels);
    }
}
