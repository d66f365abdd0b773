package dev.elbo.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The lines of a file in UTF-8, ended as on Unix or on Windows. */
public record TextLines(Path file) {
    private static final int LONGEST = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Takes the lines. */
    @FunctionalInterface
    interface Reader {
        /**
         * A line.
         *
         * @param number which it is, from 1
         */
        void read(long number, String line) throws IOException;
    }

    /**
     * Reads from the first line to the last.
     *
     * @throws InvalidFileException naming the line, if one is not UTF-8 or longer than a MiB
     */
    public void forEach(Consumer<String> reader) throws IOException {
        forEachNumbered((number, line) -> reader.accept(line));
    }

    /** The same, with the numbers of the lines. */
    void forEachNumbered(Reader reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long number = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    bytes.write(next);
                    requireLine(bytes, number);
                } else {
                    reader.read(number, decoded(bytes, number));
                    number++;
                }
            }
            if (bytes.size() > 0) {
                reader.read(number, decoded(bytes, number));
            }
        }
    }

    private void requireLine(ByteArrayOutputStream bytes, long number) throws InvalidFileException {
        if (bytes.size() > LONGEST) {
            throw invalid(number, "is longer than a MiB", "Give a text file with a sentence on each line");
        }
    }

    private String decoded(ByteArrayOutputStream bytes, long number) throws InvalidFileException {
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            bytes.reset();
            return number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        } catch (CharacterCodingException e) {
            throw invalid(number, "is not UTF-8", "Save the file as UTF-8");
        }
    }

    private InvalidFileException invalid(long number, String problem, String remedy) {
        return new InvalidFileException(file + ", line " + number, problem, remedy, null);
    }
}
