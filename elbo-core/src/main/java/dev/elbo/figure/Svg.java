package dev.elbo.figure;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;

/** SVG: an element whose colours and fonts are those of the page around it, or a document of its own. */
public final class Svg implements Pen {
    private static final String COMMANDS = "MLQCZ"; // by the constants of PathIterator
    private static final double EM_PER_LETTER = 0.64; // as in wide fonts, for the reader's font is not known

    private final StringBuilder svg = new StringBuilder();

    /** A drawing without a stroke. */
    public Svg() {}

    /**
     * A file with what was drawn, on paper that is light or dark as the reader's screen is.
     *
     * @param label says what it shows to who cannot see it
     */
    public String document(String label, int width, int height) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %2$d %3$d" width="%2$d" height="%3$d" \
                font-family="system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif">
                <title>%1$s</title>
                <style>svg { %4$s } @media (prefers-color-scheme: dark) { svg { %5$s } }</style>
                <path d="M0 0H%2$dV%3$dH0Z" style="fill:var(--paper)"/>
                %6$s
                </svg>
                """.formatted(Markup.text(label).html(), width, height, Ink.lightStyle(), Ink.darkStyle(), svg);
    }

    /** An element with what was drawn; {@code label} says what it shows to who cannot see it. */
    Markup image(String label, int width, int height) {
        return Markup.of(
                "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %s %s\">%s</svg>",
                label, width, height, Markup.trusted(svg.toString()));
    }

    @Override
    public void fill(Shape shape, Ink ink, double opacity) {
        write("<path d=\"%s\" style=\"fill:%s\"%s/>", path(shape), ink.css(), opacity(opacity));
    }

    @Override
    public void stroke(Shape shape, Ink ink, double width, double opacity) {
        write(
                "<path d=\"%s\" style=\"fill:none;stroke:%s;stroke-width:%s;stroke-linejoin:round\"%s/>",
                path(shape), ink.css(), number(width), opacity(opacity));
    }

    @Override
    public void text(String text, Lettering lettering, double x, double baseline, double align, Ink ink) {
        String anchor = align == 0 ? "start" : align == 1 ? "end" : "middle";
        write(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" font-weight=\"%s\" style=\"fill:%s\">%s</text>",
                number(x),
                number(baseline),
                anchor,
                lettering.size(),
                lettering.isBold() ? "600" : "400",
                ink.css(),
                Markup.text(text).html());
    }

    @Override
    public void image(BufferedImage picture, Rectangle2D area) {
        write(
                "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" "
                        + "style=\"image-rendering:pixelated\" href=\"data:image/png;base64,%s\"/>",
                number(area.getX()),
                number(area.getY()),
                number(area.getWidth()),
                number(area.getHeight()),
                Base64.getEncoder().encodeToString(Png.bytes(picture)));
    }

    @Override
    public double width(String text, Lettering lettering) {
        double ems = text.codePoints()
                .mapToDouble(letter -> Character.isIdeographic(letter) ? 1 : EM_PER_LETTER)
                .sum();
        return ems * lettering.size();
    }

    @Override
    public void within(Rectangle2D area, Consumer<Pen> drawing) {
        String place = "x=\"%1$s\" y=\"%2$s\" width=\"%3$s\" height=\"%4$s\" viewBox=\"%1$s %2$s %3$s %4$s\"";
        write(
                "<svg overflow=\"hidden\" " + place + ">",
                number(area.getX()),
                number(area.getY()),
                number(area.getWidth()),
                number(area.getHeight()));
        drawing.accept(this);
        write("</svg>");
    }

    private void write(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] points = new double[6];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int command = i.currentSegment(points);
            path.append(COMMANDS.charAt(command));
            int numbers = command == PathIterator.SEG_CLOSE ? 0 : Math.max(1, command) * 2;
            for (int n = 0; n < numbers; n++) {
                path.append(n == 0 ? "" : " ").append(number(points[n]));
            }
        }
        return path.toString();
    }

    private static String opacity(double opacity) {
        return opacity == 1 ? "" : " opacity=\"" + number(opacity) + "\"";
    }

    /** A tenth of a pixel is more than can be seen. */
    private static String number(double value) {
        double tenths = Math.round(value * 10) / 10.0;
        return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
    }
}
