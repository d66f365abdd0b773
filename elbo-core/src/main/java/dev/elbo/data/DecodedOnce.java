package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Pictures that are slow to decode, kept beside the files that they are from. */
final class DecodedOnce {
    private DecodedOnce() {}

    /** Decodes. */
    @FunctionalInterface
    interface Decoding {
        HostArray decode() throws IOException;
    }

    /**
     * The decoded values: those that were kept, or else new ones, which then are kept.
     *
     * @param folder of files that are checked, and never change
     * @param what is decoded, and how: all that makes a difference
     */
    static HostArray in(Path folder, String what, Decoding decoding) throws IOException {
        Path kept = folder.resolve("decoded-" + PictureArray.digest(what) + ".npy");
        if (Files.exists(kept)) {
            return Npy.read(kept);
        }
        HostArray decoded = decoding.decode();
        if (Files.isWritable(folder)) { // a cache that others maintain stays as it is
            Path part = Files.createTempFile(folder, "decoded", ".part");
            Npy.write(part, decoded);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return decoded;
    }
}
