package dev.elbo.figure;

import java.awt.geom.Rectangle2D;

/** From values to pixels. */
public record Coordinates(Axis horizontal, Axis vertical, Rectangle2D area) {

    /** The pixel of a value of the horizontal axis. */
    public double x(double value) {
        return area.getX() + area.getWidth() * horizontal.position(value);
    }

    /** The pixel of a value of the vertical axis. */
    public double y(double value) {
        return area.getMaxY() - area.getHeight() * vertical.position(value);
    }
}
