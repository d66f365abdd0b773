package dev.elbo.handbook.draw;

import dev.elbo.figure.Svg;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A figure: panels in rows, all of one size.
 *
 * @param description what the figure shows, for who cannot see it
 * @param columns panels beside each other; two at most are legible on a telephone
 * @param width pixels of a panel
 * @param height pixels of a panel
 */
public record Sheet(Words description, int columns, int width, int height, List<Panel> panels) {
    private static final int RIM = 16;

    /** A figure of panels of the usual size, two beside each other if there are several. */
    public static Sheet of(Words description, Panel... panels) {
        return new Sheet(description, Math.min(2, panels.length), 370, 290, List.of(panels));
    }

    /** The same panels of another size. */
    public Sheet sized(int newWidth, int newHeight) {
        return new Sheet(description, columns, newWidth, newHeight, panels);
    }

    /** The same panels, so many beside each other. */
    public Sheet inColumns(int count) {
        return new Sheet(description, count, width, height, panels);
    }

    /** The figure as an SVG file. */
    public String svg(Language language) {
        Svg pen = new Svg();
        int rows = (panels.size() + columns - 1) / columns;
        for (int i = 0; i < panels.size(); i++) {
            double left = RIM + (i % columns) * (width + RIM);
            double top = RIM + (i / columns) * (height + RIM);
            panels.get(i).draw(pen, new Rectangle2D.Double(left, top, width, height), language);
        }
        return pen.document(description.in(language), columns * (width + RIM) + RIM, rows * (height + RIM) + RIM);
    }
}
