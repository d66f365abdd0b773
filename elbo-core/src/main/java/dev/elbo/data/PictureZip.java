package dev.elbo.data;

import dev.elbo.sound.SoundFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A .zip of a folder of pictures, {@link ImageFolder}; one with recordings is of those. */
final class PictureZip implements Format {
    private static final String ENDING = ".zip";

    @Override
    public boolean reads(Path path) throws IOException {
        if (!Files.isRegularFile(path)
                || !Format.name(path).toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.stream()
                            .anyMatch(entry -> !entry.isDirectory()
                                    && PictureFile.isCalledSo(
                                            Path.of(entry.getName()).getFileName()))
                    && zip.stream()
                            .noneMatch(entry -> !entry.isDirectory()
                                    && SoundFile.isNamed(
                                            Path.of(entry.getName()).getFileName()));
        } catch (ZipException damage) {
            return false; // which the reader of recordings tells
        }
    }

    @Override
    public String kind(Reading options) {
        return "pictures";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        String name = Format.name(path);
        return SoundFolder.inZip(
                path,
                root -> ImageFolder.read(
                        root, path, name.substring(0, name.length() - ENDING.length()), options, cache));
    }
}
