package dev.elbo.handbook.draw;

import dev.elbo.figure.Ink;
import dev.elbo.figure.Lettering;
import dev.elbo.figure.Pen;
import dev.elbo.option.Decimal;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table of numbers with named rows and columns, the more coloured the larger a number is. */
public final class Table implements Panel {
    private static final int HEADING = 26;
    private static final int NAMES = 22;
    private static final int TALLEST = 44;
    private static final double DARKEST = 0.45;

    private final Words title;
    private final List<Words> rows;
    private final List<Words> columns;
    private final double[][] values;
    private final String format;
    private final Ink ink;

    private Table(Words title, List<Words> rows, List<Words> columns, double[][] values, String format, Ink ink) {
        this.title = title;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.values = values.clone();
        this.format = format;
        this.ink = ink;
    }

    /**
     * A table of values[row][column].
     *
     * @param format of a number, as in {@code %.3f}
     */
    public static Table titled(
            Words title, List<Words> rows, List<Words> columns, double[][] values, String format, Ink ink) {
        return new Table(title, rows, columns, values, format, ink);
    }

    @Override
    public void draw(Pen pen, Rectangle2D frame, Language language) {
        pen.text(title.in(language), Lettering.HEADING, frame.getX(), frame.getY() + 14, 0, Ink.TEXT);
        double names = rows.stream()
                .mapToDouble(row -> 8 + pen.width(row.in(language), Lettering.NOTE))
                .max()
                .orElse(0);
        double width = (frame.getWidth() - names) / columns.size();
        double height = Math.min(TALLEST, (frame.getHeight() - HEADING - NAMES) / rows.size());
        double top = frame.getY() + HEADING + NAMES;
        for (int column = 0; column < columns.size(); column++) {
            double middle = frame.getX() + names + (column + 0.5) * width;
            pen.text(columns.get(column).in(language), Lettering.NOTE, middle, top - 7, 0.5, Ink.MUTED);
        }
        for (int row = 0; row < rows.size(); row++) {
            double y = top + row * height;
            pen.text(rows.get(row).in(language), Lettering.NOTE, frame.getX(), y + height / 2 + 4, 0, Ink.MUTED);
            for (int column = 0; column < columns.size(); column++) {
                double x = frame.getX() + names + column * width;
                cell(pen, new Rectangle2D.Double(x + 1, y + 1, width - 2, height - 2), values[row][column]);
            }
        }
    }

    private void cell(Pen pen, Rectangle2D area, double value) {
        double most = Arrays.stream(values)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(1);
        pen.fill(area, Ink.GRID, 0.6);
        pen.fill(area, ink, DARKEST * Math.abs(value) / Math.max(most, Double.MIN_NORMAL));
        String text = Decimal.signed(String.format(Locale.ROOT, format, value));
        pen.text(text, Lettering.LABEL, area.getCenterX(), area.getCenterY() + 5, 0.5, Ink.TEXT);
    }
}
