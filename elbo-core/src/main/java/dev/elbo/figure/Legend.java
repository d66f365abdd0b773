package dev.elbo.figure;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What the colours of a plot mean. */
record Legend(List<Key> keys) {
    private static final int LINE = 18;
    private static final int SIGN = 16;
    private static final int GAP = 16;

    /** What one colour means. */
    record Key(String name, Ink ink, Sign sign) {

        private double width(Pen pen) {
            return SIGN + pen.width(name, Lettering.NOTE);
        }

        private void draw(Pen pen, double x, double baseline) {
            double middle = baseline - 4;
            switch (sign) {
                case LINE -> pen.stroke(new Line2D.Double(x, middle, x + 12, middle), ink, 2, 1);
                case DOT -> pen.fill(new Ellipse2D.Double(x + 3, middle - 4, 8, 8), ink, 1);
                case BOX -> pen.fill(new Rectangle2D.Double(x + 2, middle - 5, 10, 10), ink, 1);
            }
            pen.text(name, Lettering.NOTE, x + SIGN, baseline, 0, Ink.MUTED);
        }
    }

    /** How a key looks. */
    enum Sign {
        LINE,
        DOT,
        BOX
    }

    /**
     * Draws the keys: beside the title, at the right end of its line, if there is room; else in lines of their own.
     *
     * @param titleWidth what the title takes of the first line of {@code frame}
     * @param top where lines of their own begin
     * @return the height of these lines
     */
    double draw(Pen pen, Rectangle2D frame, double titleWidth, double top) {
        double width = width(pen, keys);
        if (titleWidth + GAP + width <= frame.getWidth()) {
            draw(pen, keys, frame.getMaxX() - width, frame.getY());
            return 0;
        }
        List<List<Key>> lines = lines(pen, frame.getWidth());
        for (int i = 0; i < lines.size(); i++) {
            draw(pen, lines.get(i), frame.getX(), top + i * LINE);
        }
        return lines.size() * LINE;
    }

    private List<List<Key>> lines(Pen pen, double width) {
        List<List<Key>> lines = new ArrayList<>();
        List<Key> line = new ArrayList<>();
        for (Key key : keys) {
            if (!line.isEmpty() && width(pen, line) + GAP + key.width(pen) > width) {
                lines.add(line);
                line = new ArrayList<>();
            }
            line.add(key);
        }
        lines.add(line);
        return lines;
    }

    private static double width(Pen pen, List<Key> keys) {
        return keys.stream().mapToDouble(key -> key.width(pen) + GAP).sum() - GAP;
    }

    private static void draw(Pen pen, List<Key> keys, double left, double top) {
        double x = left;
        for (Key key : keys) {
            key.draw(pen, x, top + 13);
            x += key.width(pen) + GAP;
        }
    }
}
