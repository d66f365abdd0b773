package dev.elbo.handbook.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A term of the glossary.
 *
 * @param avoided other Chinese words for it, which the pages do not use
 */
record Term(String english, String chinese, List<String> avoided) {

    /** The rows of the glossary's table. */
    static List<Term> read(Path glossary) throws IOException {
        return Files.readAllLines(glossary).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| English") && !line.startsWith("| ---"))
                .map(line -> List.of(line.split("\\|", -1)))
                .map(cells -> new Term(cells.get(1).strip(), cells.get(2).strip(), words(cells.get(3))))
                .toList();
    }

    private static List<String> words(String cell) {
        return Stream.of(cell.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
