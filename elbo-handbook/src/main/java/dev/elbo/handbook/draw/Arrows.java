package dev.elbo.handbook.draw;

import dev.elbo.figure.Ink;
import dev.elbo.figure.Pen;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** Lines with a head. */
final class Arrows {
    private static final double HEAD = 9;
    private static final double SPREAD = 0.4;

    private Arrows() {}

    /** An arrow in pixels. */
    static void draw(Pen pen, Ink ink, double fromX, double fromY, double toX, double toY, double width) {
        double angle = Math.atan2(toY - fromY, toX - fromX);
        double neckX = toX - 0.8 * HEAD * Math.cos(angle);
        double neckY = toY - 0.8 * HEAD * Math.sin(angle);
        pen.stroke(new Line2D.Double(fromX, fromY, neckX, neckY), ink, width, 1);
        Path2D head = new Path2D.Double();
        head.moveTo(toX, toY);
        head.lineTo(toX - HEAD * Math.cos(angle - SPREAD), toY - HEAD * Math.sin(angle - SPREAD));
        head.lineTo(toX - HEAD * Math.cos(angle + SPREAD), toY - HEAD * Math.sin(angle + SPREAD));
        head.closePath();
        pen.fill(head, ink, 1);
    }
}
