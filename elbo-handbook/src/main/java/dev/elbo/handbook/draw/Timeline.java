package dev.elbo.handbook.draw;

import dev.elbo.figure.Ink;
import dev.elbo.figure.Lettering;
import dev.elbo.figure.Pen;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Events below each other, the first on top, a year before each. Rows are equally high; where more than some years lie between
 * two rows, the line between them is thin.
 */
public record Timeline(Words title, List<Event> events) implements Panel {
    private static final int HEADING = 26;
    private static final int YEAR = 38;
    private static final int LINE = 54;
    private static final int NAME = 205;
    private static final int LONG = 3;

    /**
     * What happened.
     *
     * @param name in a few words
     * @param source who and where, in small letters in a column of its own
     * @param ink of its dot: a colour for each kind of event
     */
    public record Event(int year, Words name, String source, Ink ink) {}

    /** Copies the list. */
    public Timeline {
        events = List.copyOf(events);
    }

    @Override
    public void draw(Pen pen, Rectangle2D frame, Language language) {
        pen.text(title.in(language), Lettering.HEADING, frame.getX(), frame.getY() + 14, 0, Ink.TEXT);
        double row = (frame.getHeight() - HEADING) / events.size();
        double x = frame.getX() + LINE;
        for (int i = 0; i < events.size(); i++) {
            double y = frame.getY() + HEADING + (i + 0.5) * row;
            if (i + 1 < events.size()) {
                boolean near = events.get(i + 1).year() - events.get(i).year() <= LONG;
                pen.stroke(new Line2D.Double(x, y, x, y + row), Ink.MUTED, near ? 2.5 : 0.8, 1);
            }
        }
        for (int i = 0; i < events.size(); i++) {
            draw(pen, events.get(i), frame.getX(), frame.getY() + HEADING + (i + 0.5) * row, language);
        }
    }

    private static void draw(Pen pen, Event event, double left, double y, Language language) {
        pen.text(Integer.toString(event.year()), Lettering.LABEL, left + YEAR, y + 5, 1, Ink.MUTED);
        pen.fill(new Ellipse2D.Double(left + LINE - 5.5, y - 5.5, 11, 11), event.ink(), 1);
        double x = left + LINE + 16;
        pen.text(event.name().in(language), Lettering.LABEL, x, y + 5, 0, Ink.TEXT);
        pen.text(event.source(), Lettering.NOTE, x + NAME, y + 5, 0, Ink.MUTED);
    }
}
