package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A picture from anywhere, brought to what a model knows: upright, on a ground, its middle cropped and resized, in grey or in colour.
 *
 * @param pixels FLOAT32 [1, C, H, W] in 0 … 1
 * @param width of the picture as it is shown, in pixels
 * @param height of the picture as it is shown, in pixels
 * @param notes what was done to it, in sentences without a full stop
 */
public record UploadedPicture(HostArray pixels, int width, int height, List<String> notes) {
    /** Copies the list. */
    public UploadedPicture {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a file.
     *
     * @param known what the model's pictures are
     * @throws InvalidFileException if it is no picture, or broken
     */
    public static UploadedPicture read(Path file, Field.Image known, Ground ground) throws IOException {
        PictureFile read = PictureFile.read(file, ground);
        List<String> notes = new ArrayList<>();
        String name = file.getFileName().toString();
        if (read.turned()) {
            notes.add(name + " was stored lying; it is turned upright");
        }
        if (read.transparent()) {
            notes.add(name + " is transparent; it is laid on " + ground);
        }
        if (read.animated()) {
            notes.add(name + " has several pictures; the first is taken");
        }
        Picture picture = read.picture();
        boolean fits = picture.width() == known.width() && picture.height() == known.height();
        Picture sized = fits ? picture : picture.resized(new ImageSize(known.width(), known.height()));
        if (!fits) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has %d × %d pixels; its middle is brought to %d × %d, which the model knows",
                    name,
                    picture.width(),
                    picture.height(),
                    known.width(),
                    known.height()));
        }
        if (known.channels() == 1 && sized.channels() > 1) {
            notes.add(name + " is in colour, and the model knows grey pictures; it is made grey");
        }
        return new UploadedPicture(pixels(sized, known), picture.width(), picture.height(), notes);
    }

    /**
     * The files of a folder that are called as pictures are, by name; those of folders within it are not among them.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures = files.filter(Files::isRegularFile)
                    .filter(PictureFile::isCalledSo)
                    .sorted()
                    .toList();
            if (pictures.isEmpty()) {
                throw new IllegalArgumentException(folder + " holds no picture: " + PictureFile.KINDS);
            }
            return pictures;
        }
    }

    private static HostArray pixels(Picture picture, Field.Image known) {
        Picture suited = known.channels() == 1 ? picture.grey() : known.channels() >= 3 ? picture.inColour() : picture;
        int plane = known.width() * known.height();
        float[] pixels = new float[known.channels() * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = level(suited, Math.min(i / plane, suited.channels() - 1) * plane + i % plane);
        }
        return HostArray.of(pixels, 1, known.channels(), known.height(), known.width());
    }

    private static float level(Picture picture, int at) {
        return (picture.levels().bytes().get(at) & 0xff) / 255f;
    }

    /**
     * Which pixels of this picture are known, by a mask of the same size, as it was or as it is now: white where a pixel is missing.
     *
     * @return 1 where a pixel is known, else 0, FLOAT32 [1, C, H, W]
     * @throws IllegalArgumentException if the mask has another size, or leaves nothing, or nothing is missing
     */
    public HostArray known(Path mask) throws IOException {
        Picture picture = PictureFile.read(mask, Ground.parse("black")).picture();
        int rows = (int) pixels.shape().size(2);
        int columns = (int) pixels.shape().size(3);
        boolean isOfModel = picture.width() == columns && picture.height() == rows;
        if (!isOfModel && (picture.width() != width || picture.height() != height)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the mask %s has %d × %d pixels; it must have those of the picture, %d × %d, or of the model, %d × %d",
                    mask,
                    picture.width(),
                    picture.height(),
                    width,
                    height,
                    columns,
                    rows));
        }
        Picture sized = isOfModel ? picture : picture.resized(new ImageSize(columns, rows));
        float[] known = new float[(int) pixels.shape().elements()];
        int missing = 0;
        for (int i = 0; i < known.length; i++) {
            boolean isWhite = level(sized, i % (rows * columns)) >= 0.5f;
            known[i] = isWhite ? 0 : 1;
            missing += isWhite ? 1 : 0;
        }
        if (missing == 0 || missing == known.length) {
            throw new IllegalArgumentException("the mask " + mask + " is all " + (missing == 0 ? "black" : "white")
                    + ": white pixels are painted anew, and black ones stay");
        }
        return HostArray.of(known, pixels.shape().sizes());
    }
}
