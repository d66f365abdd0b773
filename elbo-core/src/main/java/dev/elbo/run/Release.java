package dev.elbo.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release of Elbo this is. */
public final class Release {
    private Release() {}

    /** Its version, as in {@code 0.1.0}. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream file = Release.class.getResourceAsStream("release.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Bug: the version of this release cannot be read", e);
        }
        return properties.getProperty("version");
    }
}
