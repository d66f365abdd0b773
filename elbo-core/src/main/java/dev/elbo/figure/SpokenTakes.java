package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Texts as they were recorded, and beside each how a model says it: the spectrum, and below it which frames belong to which phone, the text
 * downwards and time to the right.
 *
 * @param texts from the top down
 */
public record SpokenTakes(List<Said> texts) implements Figure {
    private static final int MARGIN = 20;
    private static final int GAP = 24;
    private static final int LABELS = 52;
    private static final int WIDEST = 480;
    private static final int WIDEST_FRAME = 4;
    private static final int BAND = 2;
    private static final int ROW = 13;

    /**
     * A text, said twice.
     *
     * @param heading above the two
     * @param phones in their order
     */
    public record Said(String heading, List<String> phones, Take recorded, Take made) {
        /** Copies the list. */
        public Said {
            phones = List.copyOf(phones);
        }

        /** Frames of the longer of the two. */
        private int frames() {
            return Math.max(recorded.frames(), made.frames());
        }
    }

    /**
     * A text as it was said once.
     *
     * @param spectrum natural logarithms of parts of full scale, FLOAT32 [T, M]
     * @param ends the frame behind the last of each phone
     */
    public record Take(HostArray spectrum, List<Long> ends) {
        /** Copies the list. */
        public Take {
            ends = List.copyOf(ends);
        }

        private int frames() {
            return (int) spectrum.shape().size(0);
        }

        private int bands() {
            return (int) spectrum.shape().size(1);
        }
    }

    /** Copies the list. */
    public SpokenTakes {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("there is no text to draw");
        }
    }

    /** Pixels of a frame, so that the longest text fits. */
    private double frameWidth() {
        int longest = texts.stream().mapToInt(Said::frames).max().orElse(1);
        return Math.min(WIDEST_FRAME, (double) WIDEST / longest);
    }

    private int panelWidth() {
        int longest = texts.stream().mapToInt(Said::frames).max().orElse(1);
        return LABELS + (int) Math.ceil(longest * frameWidth());
    }

    private static int height(Said said) {
        return Lettering.LABEL.lineHeight() + 4 + said.recorded.bands() * BAND + 4 + said.phones.size() * ROW + GAP;
    }

    @Override
    public BufferedImage draw() {
        int heads = Lettering.HEADING.lineHeight() + 8;
        int height = 2 * MARGIN
                - GAP
                + heads
                + texts.stream().mapToInt(SpokenTakes::height).sum();
        int width = 2 * MARGIN + 2 * panelWidth() + GAP;
        return Paper.sheet(width, height, 2, pen -> draw(pen, heads));
    }

    private void draw(Pen pen, int heads) {
        int left = MARGIN + LABELS;
        int right = left + panelWidth() + GAP;
        int baseline = MARGIN + Lettering.HEADING.ascent();
        pen.text("recorded", Lettering.HEADING, left, baseline, 0, Ink.TEXT);
        pen.text("said by the model", Lettering.HEADING, right, baseline, 0, Ink.TEXT);
        int top = MARGIN + heads;
        for (Said said : texts) {
            pen.text(said.heading, Lettering.LABEL, left, top + Lettering.LABEL.ascent(), 0, Ink.MUTED);
            int below = top + Lettering.LABEL.lineHeight() + 4;
            take(pen, said, said.recorded, left, below);
            take(pen, said, said.made, right, below);
            top += height(said);
        }
    }

    /** A spectrum, and below it a bar for each phone where its frames are. */
    private void take(Pen pen, Said said, Take take, int x, int y) {
        double wide = frameWidth();
        int high = take.bands() * BAND;
        BufferedImage spectrum =
                Pixels.of(Spectrograms.pictures(List.of(take.spectrum))).picture(0);
        pen.image(spectrum, new Rectangle2D.Double(x, y, take.frames() * wide, high));
        long from = 0;
        for (int i = 0; i < said.phones.size(); i++) {
            long end = take.ends.get(i);
            double top = y + high + 4 + (double) i * ROW;
            pen.text(said.phones.get(i), Lettering.NOTE, x - 8, top + ROW - 3, 1, Ink.MUTED);
            pen.stroke(new Line2D.Double(x, top + ROW, x + take.frames() * wide, top + ROW), Ink.GRID, 1, 1);
            pen.fill(new Rectangle2D.Double(x + from * wide, top, (end - from) * wide, ROW), Ink.BLUE, 0.75);
            pen.stroke(new Line2D.Double(x + end * wide, y, x + end * wide, y + high), Ink.ORANGE, 0.6, 0.7);
            from = end;
        }
    }
}
