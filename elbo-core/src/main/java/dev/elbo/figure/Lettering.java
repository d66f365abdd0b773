package dev.elbo.figure;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;

/**
 * The fonts of figures, in pixels. A machine without fonts (a minimal container) makes the JDK throw at the first
 * letter; there, text has no size and is not drawn.
 */
public enum Lettering {
    TITLE(Font.BOLD, 16),
    HEADING(Font.BOLD, 14),
    LABEL(Font.PLAIN, 13),
    NOTE(Font.PLAIN, 12);

    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);
    private static final boolean AVAILABLE = fontsWork();

    private final int style;
    private final int size;

    Lettering(int style, int size) {
        this.style = style;
        this.size = size;
    }

    /** Whether this machine can draw text. */
    static boolean available() {
        return AVAILABLE;
    }

    private static boolean fontsWork() {
        try {
            return LABEL.font().getStringBounds("0", SMOOTH).getWidth() > 0;
        } catch (RuntimeException | LinkageError | InternalError | AWTError noFonts) {
            return false;
        }
    }

    /** The size of its letters in pixels. */
    public int size() {
        return size;
    }

    /** Whether the letters are heavy. */
    boolean isBold() {
        return style == Font.BOLD;
    }

    /** The machine's own sans serif. */
    Font font() {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Pixels from the start of {@code text} to its end. */
    double width(String text) {
        return AVAILABLE ? font().getStringBounds(text, SMOOTH).getWidth() : 0;
    }

    /** Pixels from one line to the next. */
    int lineHeight() {
        return AVAILABLE ? (int) Math.ceil(metrics().getHeight()) : 0;
    }

    /** Pixels from the top of a line to the foot of its letters. */
    int ascent() {
        return AVAILABLE ? (int) Math.ceil(metrics().getAscent()) : 0;
    }

    private LineMetrics metrics() {
        return font().getLineMetrics("Äg", SMOOTH);
    }
}
