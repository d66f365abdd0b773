package dev.elbo.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A plot with its title, legend and axes, to be drawn on any pen.
 *
 * @param traces what a reader of a page can read off it, value by value
 */
record Plot(String title, Axis horizontal, Axis vertical, List<Mark> marks, Legend legend, List<Trace> traces) {
    private static final int PAGE_WIDTH = 440;
    private static final int PAGE_HEIGHT = 290;
    private static final int RIM = 20;
    private static final int LINE = 18;
    private static final int HEADING = 22;
    private static final int TICK = 4;
    private static final int FOOT = 42;

    /** The plot for a page, in the page's colours, and beside it what the page's script reads off it. */
    Markup html() {
        Svg pen = new Svg();
        Coordinates at = draw(pen, new Rectangle2D.Double(0, 0, PAGE_WIDTH - RIM, PAGE_HEIGHT));
        ArrayNode readable = JsonNodeFactory.instance.arrayNode();
        traces.forEach(trace -> readable.add(trace.toJson(at)));
        return Markup.of(
                "<div class=\"panel\" data-top=\"%s\" data-bottom=\"%s\" data-traces=\"%s\">%s</div>",
                Math.round(at.area().getY()),
                Math.round(at.area().getMaxY()),
                readable,
                pen.image(title + " over " + horizontal.label(), PAGE_WIDTH, PAGE_HEIGHT));
    }

    /**
     * Draws the plot into {@code frame}; the text of a tick at its right end may reach {@link #RIM} beyond it.
     *
     * @return where values lie
     */
    Coordinates draw(Pen pen, Rectangle2D frame) {
        double top = frame.getY() + header(pen, frame);
        double left = frame.getX() + widestTick(pen) + 2 * TICK;
        Rectangle2D area = new Rectangle2D.Double(left, top, frame.getMaxX() - left, frame.getMaxY() - FOOT - top);
        Coordinates at = new Coordinates(horizontal, vertical, area);
        grid(pen, at);
        // A dot at an end of the horizontal axis shows whole; what leaves the vertical one is cut.
        Rectangle2D visible = new Rectangle2D.Double(left - TICK, top, area.getWidth() + 2 * TICK, area.getHeight());
        pen.within(visible, clipped -> marks.forEach(mark -> mark.draw(clipped, at)));
        axes(pen, at);
        return at;
    }

    /** Draws title, legend and the vertical axis's label; returns the height that they take. */
    private double header(Pen pen, Rectangle2D frame) {
        pen.text(title, Lettering.HEADING, frame.getX(), frame.getY() + 14, 0, Ink.TEXT);
        double titleWidth = pen.width(title, Lettering.HEADING);
        double height = HEADING + legend.draw(pen, frame, titleWidth, frame.getY() + HEADING);
        pen.text(vertical.label(), Lettering.NOTE, frame.getX(), frame.getY() + height + 14, 0, Ink.MUTED);
        return height + LINE + TICK;
    }

    private double widestTick(Pen pen) {
        return vertical.ticks().stream()
                .mapToDouble(tick -> pen.width(tick.text(), Lettering.NOTE))
                .max()
                .orElse(0);
    }

    private void grid(Pen pen, Coordinates at) {
        for (Axis.Tick tick : vertical.ticks()) {
            double y = crisp(at.y(tick.value()));
            pen.stroke(new Line2D.Double(at.area().getX(), y, at.area().getMaxX(), y), Ink.GRID, 1, 1);
            pen.text(tick.text(), Lettering.NOTE, at.area().getX() - 2 * TICK, y + 4, 1, Ink.MUTED);
        }
    }

    private void axes(Pen pen, Coordinates at) {
        double floor = crisp(at.area().getMaxY());
        pen.stroke(new Line2D.Double(at.area().getX(), floor, at.area().getMaxX(), floor), Ink.MUTED, 1, 1);
        for (Axis.Tick tick : horizontal.ticks()) {
            double x = crisp(at.x(tick.value()));
            pen.stroke(new Line2D.Double(x, floor, x, floor + TICK), Ink.MUTED, 1, 1);
            pen.text(tick.text(), Lettering.NOTE, x, floor + LINE, 0.5, Ink.MUTED);
        }
        pen.text(horizontal.label(), Lettering.NOTE, at.area().getCenterX(), floor + 2 * LINE, 0.5, Ink.MUTED);
    }

    /** A line one pixel wide is sharp where its middle lies in the middle of a pixel. */
    private static double crisp(double coordinate) {
        return Math.floor(coordinate) + 0.5;
    }
}
