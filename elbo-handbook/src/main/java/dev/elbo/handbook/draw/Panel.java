package dev.elbo.handbook.draw;

import dev.elbo.figure.Pen;
import java.awt.geom.Rectangle2D;

/** A part of a figure. */
public interface Panel {

    /** Draws the panel into {@code frame}, with words of {@code language}. */
    void draw(Pen pen, Rectangle2D frame, Language language);
}
