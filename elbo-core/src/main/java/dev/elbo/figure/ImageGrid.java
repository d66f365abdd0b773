package dev.elbo.figure;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Images in rows and columns: samples, reconstructions, interpolations, traversals, a manifold. Every pixel of an image
 * becomes a square of whole pixels, so nothing is blurred; labels stand outside of the images.
 *
 * <pre>{@code
 * ImageGrid.of(images) // FLOAT32 [20, 1, 28, 28]: ten originals, then their reconstructions
 *         .columns(10)
 *         .rowLabels(List.of("original", "reconstruction"))
 *         .caption("dynamic binarisation, seed 3")
 *         .build()
 *         .write(run.resolve("figures/reconstructions.png"));
 * }</pre>
 *
 * @param images UINT8, or floating point in 0..1 (values beyond are cut), [N, C, H, W] with C = 1 (grey) or 3 (RGB); what
 *     is not finite is drawn in magenta
 * @param columns images in a row; the last row may be shorter
 * @param scale the side of an image's pixel in pixels; if empty, the one that brings an image nearest to 96 pixels
 *     while the grid keeps within 1280 × 2000
 * @param gutter pixels between images
 * @param rowsPerGroup rows that belong together, set off from the next ones by a wider gutter; 0 for no groups
 * @param title above the images; may be empty
 * @param caption below the images; may be empty
 * @param rowLabels left of the rows; as many as rows, or none
 * @param columnLabels above the columns; as many as columns, or none
 * @param framedColumns columns, from 0, whose images are framed, as the ends of an interpolation
 * @param framedRows rows, from 0, whose images are framed
 */
public record ImageGrid(
        HostArray images,
        int columns,
        OptionalInt scale,
        int gutter,
        int rowsPerGroup,
        String title,
        String caption,
        List<String> rowLabels,
        List<String> columnLabels,
        Set<Integer> framedColumns,
        Set<Integer> framedRows)
        implements Figure {

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if {@code images} is empty or no array of images, or a size or a number of labels
     *     does not fit
     */
    public ImageGrid {
        requireImages(images);
        require(columns > 0, "a grid has at least 1 column; got " + columns);
        require(scale.orElse(1) > 0, "an image is drawn at a whole scale of at least 1; got " + scale.orElse(1));
        require(gutter >= 0, "a gutter has at least 0 pixels; got " + gutter);
        require(rowsPerGroup >= 0, "a group has at least 1 row, or 0 for no groups; got " + rowsPerGroup);
        rowLabels = List.copyOf(rowLabels);
        columnLabels = List.copyOf(columnLabels);
        framedColumns = Set.copyOf(framedColumns);
        framedRows = Set.copyOf(framedRows);
        int rows = (int) ((images.shape().size(0) + columns - 1) / columns);
        requireLabels("row", rowLabels, rows);
        requireLabels("column", columnLabels, columns);
        require(
                (framedColumns.isEmpty() && framedRows.isEmpty()) || gutter >= GridLayout.FRAME,
                "frames need a gutter of at least " + GridLayout.FRAME + " pixels; got " + gutter);
    }

    /** Pixels across which a grid can be without shrinking on a page. */
    public static final int PAGE_WIDTH = GridLayout.WIDEST_GRID;

    /**
     * So many columns that a grid is about as high as wide, or a little wider, whatever the shape of its images, and that few
     * places of its last row are empty.
     *
     * @param images [N, C, H, W]
     */
    public static int fittingColumns(HostArray images) {
        requireImages(images);
        return GridLayout.fittingColumns(images.shape());
    }

    /**
     * A grid whose shape fits a page, without labels, to be changed.
     *
     * @throws IllegalArgumentException if {@code images} is empty or no array of images
     */
    public static Builder of(HostArray images) {
        return new Builder(images, fittingColumns(images));
    }

    private static void requireImages(HostArray images) {
        boolean shaped = images.shape().rank() == 4
                && (images.shape().size(1) == 1 || images.shape().size(1) == 3)
                && images.shape().elements() > 0;
        boolean typed = images.dtype() == DType.UINT8 || images.dtype().isFloatingPoint();
        require(
                shaped && typed,
                "a grid needs images [N, C, H, W] of UINT8 or floating point, at least one, with C = 1 or 3; got "
                        + images);
    }

    private static void requireLabels(String of, List<String> labels, int count) {
        require(
                labels.isEmpty() || labels.size() == count,
                "a grid of " + count + " " + of + "s needs as many " + of + " labels, or none; got " + labels.size());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** {@inheritDoc} */
    @Override
    public BufferedImage draw() {
        GridLayout layout = new GridLayout(this);
        BufferedImage paper = Paper.sheet(layout.width(), layout.height(), 1, pen -> {
            layout.frames().forEach(frame -> pen.fill(frame, Ink.ORANGE, 1));
            layout.write(pen);
        });
        Pixels pixels = Pixels.of(images);
        for (int i = 0; i < pixels.count(); i++) {
            Rectangle place = layout.place(i);
            pixels.draw(i, paper, place.x, place.y, layout.scale());
        }
        return paper;
    }

    /** Where image {@code index} lies in the figure, in pixels. */
    public Rectangle place(int index) {
        return new GridLayout(this).place(index);
    }

    /** Collects what a grid shows beside its images. */
    public static final class Builder {
        private final HostArray images;
        private int columns;
        private OptionalInt scale = OptionalInt.empty();
        private int gutter = 4;
        private int rowsPerGroup;
        private String title = "";
        private String caption = "";
        private List<String> rowLabels = List.of();
        private List<String> columnLabels = List.of();
        private Set<Integer> framedColumns = Set.of();
        private Set<Integer> framedRows = Set.of();

        private Builder(HostArray images, int columns) {
            this.images = images;
            this.columns = columns;
        }

        /** So many images in a row. */
        public Builder columns(int count) {
            columns = count;
            return this;
        }

        /** Every pixel of an image as a square of {@code side} pixels. */
        public Builder scale(int side) {
            scale = OptionalInt.of(side);
            return this;
        }

        /** So many pixels between images; 0 for a manifold. */
        public Builder gutter(int pixels) {
            gutter = pixels;
            return this;
        }

        /** Every {@code rows} rows set off from the next, as originals and their reconstructions. */
        public Builder rowsPerGroup(int rows) {
            rowsPerGroup = rows;
            return this;
        }

        /** A title above the images. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** A note below the images, such as {@code "dynamic binarisation, T = 0.8, seed 3"}. */
        public Builder caption(String text) {
            caption = text;
            return this;
        }

        /** A label left of every row; an empty one leaves its place free. */
        public Builder rowLabels(List<String> labels) {
            rowLabels = labels;
            return this;
        }

        /** A label above every column; an empty one leaves its place free. */
        public Builder columnLabels(List<String> labels) {
            columnLabels = labels;
            return this;
        }

        /** Frames around the images of these columns, counted from 0. */
        public Builder framedColumns(Set<Integer> framed) {
            framedColumns = framed;
            return this;
        }

        /** Frames around the images of these rows, counted from 0. */
        public Builder framedRows(Set<Integer> framed) {
            framedRows = framed;
            return this;
        }

        /**
         * The grid.
         *
         * @throws IllegalArgumentException if a size or a number of labels does not fit the images
         */
        public ImageGrid build() {
            return new ImageGrid(
                    images,
                    columns,
                    scale,
                    gutter,
                    rowsPerGroup,
                    title,
                    caption,
                    rowLabels,
                    columnLabels,
                    framedColumns,
                    framedRows);
        }
    }
}
