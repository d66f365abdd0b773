package dev.elbo.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of cells in aligned columns. */
final class Table {
    private static final String GAP = "  ";
    private static final Set<Character.UnicodeScript> WIDE = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all have the same number of cells. */
    Table row(String... cells) {
        rows.add(Stream.of(cells).map(Table::onOneLine).toList());
        return this;
    }

    /** Names of files may have line breaks, which would break the row. */
    private static String onOneLine(String cell) {
        return cell.replace("\n", "\\n").replace("\r", "\\r").replaceAll("\\p{Cntrl}", "\ufffd");
    }

    /** The lines, without blanks at their ends. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), width(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> columns(row.get(column))).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - columns(cell));
    }

    /** The width on a terminal, where Chinese, Japanese and Korean characters take two columns. */
    private static int columns(String cell) {
        return cell.codePoints()
                .map(point -> WIDE.contains(Character.UnicodeScript.of(point)) ? 2 : 1)
                .sum();
    }
}
