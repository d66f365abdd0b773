package dev.elbo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The records of a text file in columns, as RFC 4180 has it: cells in quotes may hold commas, line breaks and doubled quotes. In
 * .tsv files a tab stands between cells; in others a comma, or a semicolon or tab where the first line has no comma.
 */
record CsvLines(Path file) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** A file ends its first line early enough that all of its columns are seen. */
    private static final int LONGEST_HEADER = 1 << 20;

    /** Takes what a record holds. */
    interface Reader {
        /**
         * A record.
         *
         * @param line on which it ends, from 1
         */
        void read(long line, List<String> cells) throws IOException;
    }

    /**
     * Reads all records, the first line's too.
     *
     * @throws InvalidFileException if the file is not UTF-8, or a quote in it has no end
     */
    void forEach(Reader reader) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(in, format(in))) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                List<String> cells = Arrays.stream(records.next().values())
                        .map(String::strip)
                        .toList();
                reader.read(parser.getCurrentLineNumber(), cells);
            }
        } catch (UncheckedIOException damage) { // the parser reads ahead
            throw described(Objects.requireNonNull(damage.getCause()));
        } catch (CharacterCodingException damage) {
            throw notUtf8(damage);
        }
    }

    private InvalidFileException notUtf8(Exception damage) {
        return new InvalidFileException(file.toString(), "is not UTF-8", "Save the file as UTF-8", damage);
    }

    private InvalidFileException described(IOException damage) {
        if (damage instanceof CharacterCodingException) {
            return notUtf8(damage);
        }
        return new InvalidFileException(
                file.toString(),
                "has a quote that does not belong (" + damage.getMessage() + ")",
                "Double the quotes within a cell, and end each quoted cell with one",
                damage);
    }

    /** Looks at the first line, and goes back to its beginning. */
    private CSVFormat format(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        in.mark(LONGEST_HEADER);
        StringBuilder first = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && first.length() + 1 < LONGEST_HEADER; next = in.read()) {
            first.append((char) next);
        }
        in.reset();
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(first.toString()))
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
    }

    private char delimiter(String firstLine) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            return '\t';
        }
        String unquoted = firstLine.replaceAll("\"[^\"]*\"", "");
        return (char) ",;\t"
                .chars()
                .filter(at -> unquoted.indexOf(at) >= 0)
                .findFirst()
                .orElse(',');
    }
}
