package dev.elbo.figure;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Draws on pixels or writes SVG, so that a figure is laid out once; x grows to the right, y downwards, in pixels. */
public interface Pen {

    /** Fills {@code shape}; an opacity of 1 hides what lies below. */
    void fill(Shape shape, Ink ink, double opacity);

    /** Draws the outline of {@code shape}, {@code width} pixels wide. */
    void stroke(Shape shape, Ink ink, double width, double opacity);

    /**
     * Draws a line of text.
     *
     * @param x the start of the text if {@code align} is 0, its middle if 0.5, its end if 1
     * @param baseline the foot of its letters
     */
    void text(String text, Lettering lettering, double x, double baseline, double align, Ink ink);

    /** Draws a picture into {@code area}; each of its pixels stays a sharp rectangle. */
    void image(BufferedImage picture, Rectangle2D area);

    /** The width of a line of text in pixels; 0 if this pen cannot draw text. */
    double width(String text, Lettering lettering);

    /** Draws what lies inside of {@code area} and nothing else. */
    void within(Rectangle2D area, Consumer<Pen> drawing);
}
