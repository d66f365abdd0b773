package dev.elbo.figure;

import java.awt.geom.Rectangle2D;

/** From values to pixels. */
record Coordinates(Axis horizontal, Axis vertical, Rectangle2D area) {

    double x(double value) {
        return area.getX() + area.getWidth() * horizontal.position(value);
    }

    double y(double value) {
        return area.getMaxY() - area.getHeight() * vertical.position(value);
    }
}
