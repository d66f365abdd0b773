package dev.elbo.figure;

import dev.elbo.tensor.Shape;
import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;

/** Where the parts of an {@link ImageGrid} lie. Labels make room for themselves: they never meet an image or an edge. */
final class GridLayout {
    /** The thickness of a frame in pixels. */
    static final int FRAME = 2;

    private static final int MARGIN = 20;
    private static final int GAP = 10;
    private static final int GROUP_GAP = 12;
    private static final int COMFORTABLE_IMAGE = 96;
    static final int WIDEST_GRID = 1280;
    private static final int TALLEST_GRID = 2000;
    private static final double WIDEST_SHAPE = 1.6; // width over height
    private static final int LONGEST_ROW_LABEL = 200;
    private static final int NARROWEST_TEXT = 280;

    private final ImageGrid grid;
    private final int count;
    private final int rows;
    private final int scale;
    private final int imageWidth;
    private final int imageHeight;
    private final List<TextBlock> rowLabels;
    private final List<TextBlock> columnLabels;
    private final int slotWidth; // an image or its column's label, whichever is wider
    private final int slotHeight;
    private final TextBlock title;
    private final TextBlock caption;

    GridLayout(ImageGrid grid) {
        this.grid = grid;
        count = size(0);
        rows = (count + grid.columns() - 1) / grid.columns();
        scale = grid.scale().orElseGet(this::comfortableScale);
        imageHeight = size(2) * scale;
        imageWidth = size(3) * scale;
        rowLabels = blocks(grid.rowLabels(), LONGEST_ROW_LABEL);
        columnLabels = blocks(grid.columnLabels(), imageWidth);
        slotWidth = Math.max(imageWidth, followedByGap(widest(columnLabels)));
        slotHeight = Math.max(imageHeight, tallest(rowLabels));
        title = TextBlock.wrap(grid.title(), Lettering.TITLE, Math.max(NARROWEST_TEXT, imagesWidth()));
        caption = TextBlock.wrap(grid.caption(), Lettering.NOTE, Math.max(NARROWEST_TEXT, imagesWidth()));
    }

    /**
     * So many columns that a grid of images [N, C, H, W] is about as high as wide, or a little wider, and few places of its
     * last row are empty.
     */
    static int fittingColumns(Shape images) {
        int count = (int) images.size(0);
        double aspect = (double) images.size(3) / images.size(2);
        int best = 1;
        for (int columns = 2; columns <= count; columns++) {
            best = misfit(count, columns, aspect) < misfit(count, best, aspect) ? columns : best;
        }
        return best;
    }

    /** How far a grid is from a page: 0 for none, 1 for e times too wide or high; an empty row is as bad as that. */
    private static double misfit(int count, int columns, double aspect) {
        int rows = (count + columns - 1) / columns;
        double widthOverHeight = Math.log(aspect * columns / rows);
        double shape = Math.max(0, Math.max(-widthOverHeight, widthOverHeight - Math.log(WIDEST_SHAPE)));
        double empty = (double) (rows * columns - count) / columns;
        return shape + empty + 1e-6 * Math.abs(widthOverHeight); // of equals, the one nearest to a square
    }

    private int size(int dim) {
        return (int) grid.images().shape().size(dim);
    }

    private int comfortableScale() {
        double comfortable = (double) COMFORTABLE_IMAGE / Math.max(size(2), size(3));
        double widest = (double) WIDEST_GRID / (grid.columns() * size(3));
        double tallest = (double) TALLEST_GRID / (rows * size(2));
        return (int) Math.max(1, Math.min(Math.rint(comfortable), Math.floor(Math.min(widest, tallest))));
    }

    private static List<TextBlock> blocks(List<String> labels, int width) {
        return labels.stream()
                .map(label -> TextBlock.wrap(label, Lettering.LABEL, width))
                .toList();
    }

    private static int widest(List<TextBlock> blocks) {
        return blocks.stream().mapToInt(TextBlock::width).max().orElse(0);
    }

    private static int tallest(List<TextBlock> blocks) {
        return blocks.stream().mapToInt(TextBlock::height).max().orElse(0);
    }

    int scale() {
        return scale;
    }

    int width() {
        int content = Math.max(imagesWidth(), Math.max(title.width(), caption.width()));
        return left() + content + MARGIN;
    }

    int height() {
        return captionTop() + caption.height() + MARGIN;
    }

    /** The pixels that image {@code index} covers. */
    Rectangle place(int index) {
        int x = x(index % grid.columns()) + (slotWidth - imageWidth) / 2;
        int y = y(index / grid.columns()) + (slotHeight - imageHeight) / 2;
        return new Rectangle(x, y, imageWidth, imageHeight);
    }

    /** What shows as frames once the images are drawn over it. */
    List<Rectangle> frames() {
        return IntStream.range(0, count)
                .filter(index -> grid.framedColumns().contains(index % grid.columns())
                        || grid.framedRows().contains(index / grid.columns()))
                .mapToObj(index -> around(place(index)))
                .toList();
    }

    private static Rectangle around(Rectangle place) {
        return new Rectangle(place.x - FRAME, place.y - FRAME, place.width + 2 * FRAME, place.height + 2 * FRAME);
    }

    /** Writes every text in its place. */
    void write(Pen pen) {
        title.draw(pen, left(), MARGIN, 0, Ink.TEXT);
        for (int column = 0; column < columnLabels.size(); column++) {
            TextBlock label = columnLabels.get(column);
            int labelTop = top() - label.height() - GAP / 2;
            label.draw(pen, x(column) + slotWidth / 2.0, labelTop, 0.5, Ink.TEXT);
        }
        for (int row = 0; row < rowLabels.size(); row++) {
            TextBlock label = rowLabels.get(row);
            double labelTop = y(row) + (slotHeight - label.height()) / 2.0;
            label.draw(pen, left() - GAP, labelTop, 1, Ink.TEXT);
        }
        caption.draw(pen, left(), captionTop(), 0, Ink.MUTED);
    }

    private int left() {
        int labels = widest(rowLabels);
        return MARGIN + (labels == 0 ? 0 : labels + GAP);
    }

    private int top() {
        return MARGIN + followedByGap(title.height()) + followedByGap(tallest(columnLabels));
    }

    private int captionTop() {
        return y(rows - 1) + slotHeight + (caption.height() == 0 ? 0 : GAP);
    }

    private static int followedByGap(int height) {
        return height == 0 ? 0 : height + GAP;
    }

    private int x(int column) {
        return left() + column * (slotWidth + grid.gutter());
    }

    private int y(int row) {
        int groups = grid.rowsPerGroup() == 0 ? 0 : row / grid.rowsPerGroup();
        return top() + row * (slotHeight + grid.gutter()) + groups * GROUP_GAP;
    }

    private int imagesWidth() {
        return grid.columns() * (slotWidth + grid.gutter()) - grid.gutter();
    }
}
