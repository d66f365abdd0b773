package dev.elbo.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** White paper made of pixels, with smooth edges and letters. */
final class Paper implements Pen {
    private final Graphics2D g;

    private Paper(Graphics2D g) {
        this.g = g;
    }

    /** A sheet with what {@code drawing} draws, {@code density} pixels to each of its pixels. */
    static BufferedImage sheet(int width, int height, int density, Consumer<Pen> drawing) {
        BufferedImage sheet = new BufferedImage(width * density, height * density, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(density, density);
        Paper paper = new Paper(g);
        paper.fill(new Rectangle(width, height), Ink.PAPER, 1);
        drawing.accept(paper);
        g.dispose();
        return sheet;
    }

    @Override
    public void fill(Shape shape, Ink ink, double opacity) {
        g.setColor(ink.color(opacity));
        g.fill(shape);
    }

    @Override
    public void stroke(Shape shape, Ink ink, double width, double opacity) {
        g.setColor(ink.color(opacity));
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    @Override
    public void text(String text, Lettering lettering, double x, double baseline, double align, Ink ink) {
        if (Lettering.available()) {
            g.setFont(lettering.font());
            g.setColor(ink.color(1));
            g.drawString(text, (float) (x - align * width(text, lettering)), (float) baseline);
        }
    }

    @Override
    public void image(BufferedImage picture, Rectangle2D area) {
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        AffineTransform place = AffineTransform.getTranslateInstance(area.getX(), area.getY());
        place.scale(area.getWidth() / picture.getWidth(), area.getHeight() / picture.getHeight());
        g.drawImage(picture, place, null);
    }

    @Override
    public double width(String text, Lettering lettering) {
        return lettering.width(text);
    }

    @Override
    public void within(Rectangle2D area, Consumer<Pen> drawing) {
        Shape before = g.getClip();
        g.clip(area);
        drawing.accept(this);
        g.setClip(before);
    }
}
