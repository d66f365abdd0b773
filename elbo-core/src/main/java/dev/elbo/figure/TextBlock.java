package dev.elbo.figure;

import java.util.ArrayList;
import java.util.List;

/** Text set in lines; it takes no room where the machine has no fonts. */
record TextBlock(List<String> lines, Lettering lettering) {

    /** Breaks {@code text} between words so that lines keep within {@code width} pixels; a longer word stays whole. */
    static TextBlock wrap(String text, Lettering lettering, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && lettering.width(longer) > width) {
                lines.add(line);
                longer = word;
            }
            line = longer;
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return new TextBlock(lines, lettering);
    }

    int width() {
        return (int)
                Math.ceil(lines.stream().mapToDouble(lettering::width).max().orElse(0));
    }

    int height() {
        return lines.size() * lettering.lineHeight();
    }

    /**
     * Draws the lines.
     *
     * @param x the left end of the lines if {@code align} is 0, their middle if 0.5, their right end if 1
     * @param top the top of the first line
     */
    void draw(Pen pen, double x, double top, double align, Ink ink) {
        double baseline = top + lettering.ascent();
        for (String line : lines) {
            pen.text(line, lettering, x, baseline, align, ink);
            baseline += lettering.lineHeight();
        }
    }
}
