package dev.elbo.figure;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** What a plot shows between its axes. */
interface Mark {
    void draw(Pen pen, Coordinates at);

    /** A line through the points, broken where one is not finite. */
    static Mark line(Series series, Ink ink, double width, double opacity) {
        return (pen, at) -> {
            Path2D path = new Path2D.Double();
            boolean drawing = false;
            for (int i = 0; i < series.size(); i++) {
                boolean finite = Double.isFinite(series.y(i));
                if (finite && drawing) {
                    path.lineTo(at.x(series.x(i)), at.y(series.y(i)));
                } else if (finite) {
                    path.moveTo(at.x(series.x(i)), at.y(series.y(i)));
                }
                drawing = finite;
            }
            pen.stroke(path, ink, width, opacity);
        };
    }

    /** A dot at every point. */
    static Mark dots(Series series, Ink ink, double radius) {
        return (pen, at) -> {
            for (int i = 0; i < series.size(); i++) {
                if (Double.isFinite(series.y(i))) {
                    dot(series.x(i), series.y(i), ink, radius, 1).draw(pen, at);
                }
            }
        };
    }

    /** A dot. */
    static Mark dot(double x, double y, Ink ink, double radius, double opacity) {
        return sign(x, y, Legend.Sign.DOT, ink, radius, opacity);
    }

    /** A dot of a shape. */
    static Mark sign(double x, double y, Legend.Sign sign, Ink ink, double radius, double opacity) {
        return (pen, at) -> pen.fill(sign.shape(at.x(x), at.y(y), radius), ink, opacity);
    }

    /** A bar from 0 to {@code y}. */
    static Mark bar(double from, double to, double y, Ink ink) {
        return (pen, at) ->
                pen.fill(new Rectangle2D.Double(at.x(from), at.y(y), at.x(to) - at.x(from), at.y(0) - at.y(y)), ink, 1);
    }
}
