package dev.elbo.handbook.draw;

import dev.elbo.figure.Ink;
import dev.elbo.figure.Lettering;
import dev.elbo.figure.Pen;
import dev.elbo.figure.Png;
import dev.elbo.tensor.HostArray;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures in rows.
 *
 * @param images values in 0 … 1, [N, C, H, W] with C = 1 or 3, row after row
 * @param columns pictures in a row
 * @param rows what each row shows, to be written before it; empty for nothing
 */
public record Pictures(Words title, HostArray images, int columns, List<Words> rows) implements Panel {
    private static final int HEADING = 24;
    private static final int GAP = 2;

    @Override
    public void draw(Pen pen, Rectangle2D frame, Language language) {
        pen.text(title.in(language), Lettering.HEADING, frame.getX(), frame.getY() + 14, 0, Ink.TEXT);
        List<BufferedImage> pictures = Png.pictures(images);
        double label = rows.stream()
                .mapToDouble(row -> pen.width(row.in(language), Lettering.NOTE) + 8)
                .max()
                .orElse(0);
        int lines = (pictures.size() + columns - 1) / columns;
        double ratio = pictures.isEmpty()
                ? 1
                : (double) pictures.get(0).getHeight() / pictures.get(0).getWidth();
        double side = Math.min(
                (frame.getWidth() - label) / columns - GAP, ((frame.getHeight() - HEADING) / lines - GAP) / ratio);
        for (int i = 0; i < pictures.size(); i++) {
            int row = i / columns;
            int column = i % columns;
            double x = frame.getX() + label + column * (side + GAP);
            double y = frame.getY() + HEADING + row * (side * ratio + GAP);
            pen.image(pictures.get(i), new Rectangle2D.Double(x, y, side, side * ratio));
        }
        for (int i = 0; i < rows.size(); i++) {
            double middle = frame.getY() + HEADING + (i + 0.5) * (side * ratio + GAP);
            pen.text(rows.get(i).in(language), Lettering.NOTE, frame.getX(), middle + 4, 0, Ink.MUTED);
        }
    }
}
