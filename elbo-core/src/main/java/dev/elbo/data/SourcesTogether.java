package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sources that have all files of a data set together, each some of them.
 *
 * @param sources a file is read from the first that has it
 */
record SourcesTogether(List<Source> sources) implements Source {
    @Override
    public String title() {
        return sources.stream().map(Source::title).collect(Collectors.joining(" and "));
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        List<Delivery> deliveries = new ArrayList<>();
        for (Source source : sources) {
            deliveries.add(source.open(Files.createDirectory(scratch.resolve("source-" + deliveries.size()))));
        }
        return name -> read(deliveries, name);
    }

    private static InputStream read(List<Delivery> deliveries, String name) throws IOException {
        IOException missing = new IOException("no source has the file " + name);
        for (Delivery delivery : deliveries) {
            try {
                return delivery.read(name);
            } catch (IOException next) {
                missing.addSuppressed(next);
            }
        }
        throw missing;
    }
}
