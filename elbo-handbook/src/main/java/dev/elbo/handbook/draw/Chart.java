package dev.elbo.handbook.draw;

import dev.elbo.figure.Axis;
import dev.elbo.figure.Coordinates;
import dev.elbo.figure.Ink;
import dev.elbo.figure.Lettering;
import dev.elbo.figure.Pen;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A chart of lines, dots, bars and densities over two axes, put together step by step: each call adds to what is drawn, in the
 * order of the calls, and returns the chart. What is named has a colour of its own, by turns, and a line in the legend.
 */
public final class Chart implements Panel {
    private static final int LINE = 18;
    private static final int TICK = 4;
    private static final int FOOT = 42;
    private static final int SMOOTH = 200;
    private static final double TINY = 2;

    private final Words title;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Words> columns = new ArrayList<>();
    private final Extent wide = new Extent();
    private final Extent high = new Extent();
    private Words xLabel = Words.same("");
    private Words yLabel = Words.same("");
    private int colours;

    /** What is drawn between the axes. */
    private interface Layer {
        void draw(Pen pen, Coordinates at, Language language);
    }

    private record Key(Words name, Ink ink, boolean line) {}

    /** The values that an axis shows: those that were said, or else those of what is drawn. */
    private static final class Extent {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private boolean said;
        private boolean logarithmic;
        private boolean fromZero;

        void take(double... values) {
            for (double value : values) {
                if (!said && Double.isFinite(value) && !(logarithmic && value <= 0)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }

        void say(double from, double to) {
            min = from;
            max = to;
            said = true;
        }

        Axis axis(String label, double room) {
            if (!(min <= max)) {
                return Axis.linear(label, 0, 1);
            }
            if (logarithmic) {
                return Axis.logarithmic(label, min, max);
            }
            double spare = said ? 0 : room * (max - min);
            return Axis.linear(label, fromZero && !said ? Math.min(0, min) : min - spare, max + spare);
        }
    }

    private Chart(Words title) {
        this.title = title;
    }

    /** An empty chart. */
    public static Chart titled(Words title) {
        return new Chart(title);
    }

    /** Names the horizontal axis. */
    public Chart x(Words label) {
        xLabel = label;
        return this;
    }

    /** Names the vertical axis. */
    public Chart y(Words label) {
        yLabel = label;
        return this;
    }

    /** Shows the horizontal axis from {@code min} to {@code max}. */
    public Chart xFrom(double min, double max) {
        wide.say(min, max);
        return this;
    }

    /** Shows the vertical axis from {@code min} to {@code max}. */
    public Chart yFrom(double min, double max) {
        high.say(min, max);
        return this;
    }

    /** Makes equal factors of x equally long. To be called before values are added. */
    public Chart xLogarithmic() {
        wide.logarithmic = true;
        return this;
    }

    /** Makes equal factors of y equally long. To be called before values are added. */
    public Chart yLogarithmic() {
        high.logarithmic = true;
        return this;
    }

    /** Lets the vertical axis begin at 0. */
    public Chart yFromZero() {
        high.fromZero = true;
        return this;
    }

    /** A line through points. */
    public Chart line(Words name, double[] x, double[] y) {
        return line(name, nextInk(), x, y);
    }

    /** A line through points, in a colour. */
    public Chart line(Words name, Ink ink, double[] x, double[] y) {
        name(name, ink, true);
        return line(ink, 2, x, y);
    }

    /** A line through points that is not named. */
    public Chart line(Ink ink, double width, double[] x, double[] y) {
        take(x, y);
        layers.add((pen, at, language) -> pen.stroke(path(at, x, y), ink, width, 1));
        return this;
    }

    /** The curve of a function between two values of x. */
    public Chart curve(Words name, double from, double to, DoubleUnaryOperator function) {
        double[] x = Numbers.range(from, to, SMOOTH);
        return line(name, x, Arrays.stream(x).map(function).toArray());
    }

    /** The curve of a function between two values of x, in a colour. */
    public Chart curve(Words name, Ink ink, double from, double to, DoubleUnaryOperator function) {
        double[] x = Numbers.range(from, to, SMOOTH);
        return line(name, ink, x, Arrays.stream(x).map(function).toArray());
    }

    /** The area between two lines over the same x, in the lightened colour. */
    public Chart band(Ink ink, double[] x, double[] low, double[] top) {
        take(x, low);
        take(x, top);
        layers.add((pen, at, language) -> {
            Path2D area = path(at, x, low);
            for (int i = x.length - 1; i >= 0; i--) {
                area.lineTo(at.x(x[i]), at.y(top[i]));
            }
            area.closePath();
            pen.fill(area, ink, 0.2);
        });
        return this;
    }

    /** Dots at points. */
    public Chart dots(Words name, double[] x, double[] y) {
        return dots(name, nextInk(), 3, x, y);
    }

    /** Dots at points, in a colour and of a radius in pixels. Tiny ones, of many points, are squares: they look alike and weigh less. */
    public Chart dots(Words name, Ink ink, double radius, double[] x, double[] y) {
        name(name, ink, false);
        take(x, y);
        if (radius < TINY) {
            layers.add((pen, at, language) -> pen.fill(squares(at, x, y, radius), ink, 0.6));
            return this;
        }
        layers.add((pen, at, language) -> {
            for (int i = 0; i < x.length; i++) {
                pen.fill(disc(at.x(x[i]), at.y(y[i]), radius), ink, x.length > 100 ? 0.5 : 1);
            }
        });
        return this;
    }

    /** A bar for each interval between neighbouring edges: one height less than there are edges. */
    public Chart histogram(Words name, double[] edges, double[] heights) {
        Ink ink = nextInk();
        name(name, ink, false);
        take(edges, new double[] {0});
        take(edges, heights);
        layers.add((pen, at, language) -> {
            for (int i = 0; i < heights.length; i++) {
                bar(pen, at, edges[i], edges[i + 1], heights[i], ink, 0.45);
            }
        });
        return this;
    }

    /** A bar for each of some named things; several calls put theirs beside each other. */
    public Chart bars(Words name, List<Words> things, double[] heights) {
        Ink ink = nextInk();
        int turn = (int) keys.stream().filter(key -> !key.line()).count();
        name(name, ink, false);
        if (columns.isEmpty()) {
            columns.addAll(things);
        }
        wide.say(-0.5, things.size() - 0.5);
        high.take(0);
        high.take(heights);
        layers.add((pen, at, language) -> {
            long turns = Math.max(1, keys.stream().filter(key -> !key.line()).count());
            double width = 0.8 / turns;
            for (int i = 0; i < heights.length; i++) {
                double from = i - 0.4 + turn * width;
                bar(pen, at, from + 0.02, from + width - 0.02, heights[i], ink, 1);
            }
        });
        return this;
    }

    /** Dark where values are large: values[row][column], rows from the smallest y, over a rectangle. */
    public Chart heat(Ink ink, double[] x, double[] y, double[][] values) {
        take(x, new double[] {y[0], y[y.length - 1]});
        double most =
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1);
        BufferedImage picture = new BufferedImage(x.length, y.length, BufferedImage.TYPE_INT_ARGB);
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < x.length; column++) {
                int opacity = (int) Math.round(230 * Math.max(0, values[row][column]) / most);
                picture.setRGB(column, y.length - 1 - row, opacity << 24 | ink.rgb());
            }
        }
        layers.add((pen, at, language) -> pen.image(
                picture,
                new Rectangle2D.Double(
                        at.x(x[0]),
                        at.y(y[y.length - 1]),
                        at.x(x[x.length - 1]) - at.x(x[0]),
                        at.y(y[0]) - at.y(y[y.length - 1]))));
        return this;
    }

    /** The lines along which values[row][column], rows from the smallest y, have these levels. */
    public Chart contours(Words name, Ink ink, double[] x, double[] y, double[][] values, double... levels) {
        name(name, ink, true);
        take(x, new double[] {y[0], y[y.length - 1]});
        layers.add((pen, at, language) -> {
            for (double level : levels) {
                pen.stroke(Contours.of(at, x, y, values, level), ink, 1.5, 1);
            }
        });
        return this;
    }

    /** An arrow from one point to another. */
    public Chart arrow(Ink ink, double fromX, double fromY, double toX, double toY) {
        take(new double[] {fromX, toX}, new double[] {fromY, toY});
        layers.add((pen, at, language) -> Arrows.draw(pen, ink, at.x(fromX), at.y(fromY), at.x(toX), at.y(toY), 1.5));
        return this;
    }

    /** A vertical line with a word at its top. */
    public Chart vertical(Words name, Ink ink, double x) {
        wide.take(x);
        layers.add((pen, at, language) -> {
            Rectangle2D area = at.area();
            pen.stroke(new Line2D.Double(at.x(x), area.getY(), at.x(x), area.getMaxY()), ink, 1, 1);
            boolean right = at.x(x) < area.getCenterX();
            pen.text(
                    name.in(language),
                    Lettering.NOTE,
                    at.x(x) + (right ? 4 : -4),
                    area.getY() + 12,
                    right ? 0 : 1,
                    ink);
        });
        return this;
    }

    /** A horizontal line with a word at its end. */
    public Chart horizontal(Words name, Ink ink, double y) {
        high.take(y);
        layers.add((pen, at, language) -> {
            Rectangle2D area = at.area();
            pen.stroke(new Line2D.Double(area.getX(), at.y(y), area.getMaxX(), at.y(y)), ink, 1, 1);
            boolean room = at.y(y) - area.getY() > LINE;
            pen.text(name.in(language), Lettering.NOTE, area.getMaxX() - 4, at.y(y) + (room ? -4 : 14), 1, ink);
        });
        return this;
    }

    /** A word beside a point. */
    public Chart note(Words text, Ink ink, double x, double y) {
        take(new double[] {x}, new double[] {y});
        layers.add((pen, at, language) -> {
            boolean right = at.x(x) < at.area().getCenterX();
            pen.text(text.in(language), Lettering.NOTE, at.x(x) + (right ? 6 : -6), at.y(y) - 5, right ? 0 : 1, ink);
        });
        return this;
    }

    private void take(double[] x, double[] y) {
        wide.take(x);
        high.take(y);
    }

    private void name(Words name, Ink ink, boolean line) {
        if (!name.en().isEmpty()) {
            keys.add(new Key(name, ink, line));
        }
    }

    private Ink nextInk() {
        return Ink.of(colours++);
    }

    @Override
    public void draw(Pen pen, Rectangle2D frame, Language language) {
        Axis horizontal = wide.axis(xLabel.in(language), 0.02);
        Axis vertical = high.axis(yLabel.in(language), 0.05);
        double ticks = vertical.ticks().stream()
                .mapToDouble(tick -> pen.width(tick.text(), Lettering.NOTE))
                .max()
                .orElse(0);
        double left = frame.getX() + ticks + 2 * TICK;
        double top = frame.getY() + header(pen, frame, language);
        Rectangle2D area = new Rectangle2D.Double(left, top, frame.getMaxX() - left, frame.getMaxY() - FOOT - top);
        Coordinates at = new Coordinates(horizontal, vertical, area);
        grid(pen, at);
        pen.within(area, clipped -> layers.forEach(layer -> layer.draw(clipped, at, language)));
        floor(pen, at, language);
    }

    private double header(Pen pen, Rectangle2D frame, Language language) {
        double y = frame.getY() + 14;
        pen.text(title.in(language), Lettering.HEADING, frame.getX(), y, 0, Ink.TEXT);
        double x = frame.getX();
        for (Key key : keys) {
            double width = LINE + pen.width(key.name().in(language), Lettering.NOTE) + LINE / 2.0;
            if (x == frame.getX() || x + width > frame.getMaxX()) {
                x = frame.getX();
                y += LINE;
            }
            if (key.line()) {
                pen.stroke(new Line2D.Double(x, y - 4, x + 12, y - 4), key.ink(), 2, 1);
            } else {
                pen.fill(disc(x + 6, y - 4, 4), key.ink(), 1);
            }
            pen.text(key.name().in(language), Lettering.NOTE, x + LINE, y, 0, Ink.MUTED);
            x += width;
        }
        pen.text(yLabel.in(language), Lettering.NOTE, frame.getX(), y + LINE, 0, Ink.MUTED);
        return y + LINE + 8 - frame.getY();
    }

    private static void grid(Pen pen, Coordinates at) {
        Rectangle2D area = at.area();
        for (Axis.Tick tick : at.vertical().ticks()) {
            double y = at.y(tick.value());
            pen.stroke(new Line2D.Double(area.getX(), y, area.getMaxX(), y), Ink.GRID, 1, 1);
            pen.text(tick.text(), Lettering.NOTE, area.getX() - 2 * TICK, y + 4, 1, Ink.MUTED);
        }
    }

    private void floor(Pen pen, Coordinates at, Language language) {
        Rectangle2D area = at.area();
        double floor = area.getMaxY();
        pen.stroke(new Line2D.Double(area.getX(), floor, area.getMaxX(), floor), Ink.MUTED, 1, 1);
        if (columns.isEmpty()) {
            for (Axis.Tick tick : at.horizontal().ticks()) {
                double x = at.x(tick.value());
                pen.stroke(new Line2D.Double(x, floor, x, floor + TICK), Ink.MUTED, 1, 1);
                pen.text(tick.text(), Lettering.NOTE, x, floor + LINE, 0.5, Ink.MUTED);
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            pen.text(columns.get(i).in(language), Lettering.NOTE, at.x(i), floor + LINE, 0.5, Ink.MUTED);
        }
        pen.text(xLabel.in(language), Lettering.NOTE, area.getCenterX(), floor + 2 * LINE, 0.5, Ink.MUTED);
    }

    private static void bar(Pen pen, Coordinates at, double from, double to, double height, Ink ink, double opacity) {
        double top = at.y(Math.max(0, height));
        double bottom = at.y(Math.min(0, height));
        pen.fill(new Rectangle2D.Double(at.x(from), top, at.x(to) - at.x(from), bottom - top), ink, opacity);
    }

    private static Path2D path(Coordinates at, double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        boolean drawing = false;
        for (int i = 0; i < x.length; i++) {
            boolean finite = Double.isFinite(y[i]);
            if (finite && drawing) {
                path.lineTo(at.x(x[i]), at.y(y[i]));
            } else if (finite) {
                path.moveTo(at.x(x[i]), at.y(y[i]));
            }
            drawing = finite;
        }
        return path;
    }

    private static Path2D squares(Coordinates at, double[] x, double[] y, double radius) {
        Path2D squares = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            squares.append(
                    new Rectangle2D.Double(at.x(x[i]) - radius, at.y(y[i]) - radius, 2 * radius, 2 * radius), false);
        }
        return squares;
    }

    private static Shape disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
}
