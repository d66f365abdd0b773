package dev.elbo.data;

/**
 * A file of a data set: what it must be, wherever it comes from.
 *
 * @param name its usual name, without the ".gz" under which it may travel
 * @param bytes its size, not compressed
 * @param sha256 the SHA-256 of its content, not compressed, in lower-case hexadecimal
 */
public record DataFile(String name, long bytes, String sha256) {
    /**
     * Validates the checksum's form.
     *
     * @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits
     */
    public DataFile {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a SHA-256 has 64 lower-case hexadecimal digits; got '" + sha256 + "'");
        }
    }
}
