package dev.elbo.figure;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
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
            if (sign == Sign.LINE) {
                pen.stroke(new Line2D.Double(x, middle, x + 12, middle), ink, 2, 1);
            } else {
                pen.fill(sign.shape(x + 7, middle, sign == Sign.BOX ? 5 : 4), ink, 1);
            }
            pen.text(name, Lettering.NOTE, x + SIGN, baseline, 0, Ink.MUTED);
        }
    }

    /** How a key looks, and how a dot of a plot that it stands for. */
    enum Sign {
        LINE,
        BOX,
        DOT,
        SQUARE,
        TRIANGLE,
        DIAMOND;

        private static final List<Sign> OF_CLASSES = List.of(DOT, SQUARE, TRIANGLE, DIAMOND);

        /** How many classes have a look of their own. */
        static final int CLASSES = OF_CLASSES.size() * Ink.SERIES_LENGTH;

        /** The sign of a class: where colours come again, it is another one. */
        static Sign ofClass(int i) {
            return OF_CLASSES.get(i / Ink.SERIES_LENGTH % OF_CLASSES.size());
        }

        /** About a point, with about the same area at the same radius. */
        Shape shape(double x, double y, double radius) {
            double side = 0.88 * radius;
            return switch (this) {
                case DOT -> new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                case BOX -> new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                case LINE, SQUARE -> new Rectangle2D.Double(x - side, y - side, 2 * side, 2 * side);
                case TRIANGLE -> polygon(x, y, 1.35 * radius, 3);
                case DIAMOND -> polygon(x, y, 1.25 * radius, 4);
            };
        }

        /** With a corner at the top. */
        private static Shape polygon(double x, double y, double reach, int corners) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < corners; i++) {
                double angle = 2 * Math.PI * i / corners - Math.PI / 2;
                double atX = x + reach * Math.cos(angle);
                double atY = y + reach * Math.sin(angle);
                if (i == 0) {
                    path.moveTo(atX, atY);
                } else {
                    path.lineTo(atX, atY);
                }
            }
            path.closePath();
            return path;
        }
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

    /** About the height of lines of their own, on paper. */
    double height(double width) {
        double all = keys.stream()
                .mapToDouble(key -> SIGN + Lettering.NOTE.width(key.name()) + GAP)
                .sum();
        return LINE * Math.ceil(all / width);
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
