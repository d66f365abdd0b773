package dev.elbo.exhibit;

import dev.elbo.figure.Figure;
import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Things in rows and columns: images become a grid, whose rows stand upright where they are too long for a page; text lines under each other, sound one recording.
 *
 * @param columns things in a row
 * @param rowsPerGroup rows that belong together; 0 for no groups
 * @param caption what there is to see
 * @param rowLabels as many as rows, or none
 * @param columnLabels as many as columns, or none
 * @param framed columns that stand out
 */
record Sheet(
        Shown shown,
        int columns,
        int rowsPerGroup,
        String caption,
        List<String> rowLabels,
        List<String> columnLabels,
        Set<Integer> framed) {
    Sheet(Shown shown, int columns, String caption) {
        this(shown, columns, 0, caption, List.of(), List.of(), Set.of());
    }

    Sheet rows(List<String> labels) {
        return new Sheet(shown, columns, rowsPerGroup, caption, labels, columnLabels, framed);
    }

    Sheet columns(List<String> labels) {
        return new Sheet(shown, columns, rowsPerGroup, caption, rowLabels, labels, framed);
    }

    Sheet groups(int rows) {
        return new Sheet(shown, columns, rows, caption, rowLabels, columnLabels, framed);
    }

    Sheet framed(Set<Integer> chosen) {
        return new Sheet(shown, columns, rowsPerGroup, caption, rowLabels, columnLabels, chosen);
    }

    Piece piece() {
        if (shown instanceof Shown.Images images) {
            return new Piece.Picture(isTurned(images) ? turned(images) : upright(images));
        }
        return shown instanceof Shown.Sound sound
                ? new Piece.Recording(sound, sound.pictures().map(this::grid))
                : new Piece.Writing(lines(((Shown.Text) shown).lines()));
    }

    private Figure grid(HostArray pixels) {
        return upright(new Shown.Images(pixels));
    }

    private ImageGrid upright(Shown.Images images) {
        return ImageGrid.of(images.pixels())
                .columns(columns)
                .rowsPerGroup(rowsPerGroup)
                .caption(caption)
                .rowLabels(rowLabels)
                .columnLabels(columnLabels)
                .framedColumns(framed)
                .build();
    }

    /** Whether rows are too long for a page, and would fit better on it as columns. */
    private boolean isTurned(Shown.Images images) {
        long width = columns * images.pixels().shape().size(3);
        return width > ImageGrid.PAGE_WIDTH
                && images.count() < columns * columns
                && images.count() % columns == 0
                && rowsPerGroup == 0;
    }

    /** Rows as columns. */
    private ImageGrid turned(Shown.Images images) {
        int rows = images.count() / columns;
        List<HostArray> columnwise = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            int from = i % rows * columns + i / rows;
            columnwise.add(images.pixels().rows(from, from + 1));
        }
        return ImageGrid.of(HostArray.concat(columnwise))
                .columns(rows)
                .caption(caption)
                .rowLabels(columnLabels)
                .columnLabels(rowLabels)
                .framedRows(framed)
                .build();
    }

    /** The things of a row under each other, behind the row's label if it has one; a row of several is set off by a blank line. */
    private List<String> lines(List<String> things) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            int row = i / columns;
            boolean begins = i % columns == 0;
            if (begins && i > 0 && (columns > 1 || (rowsPerGroup > 1 && row % rowsPerGroup == 0))) {
                lines.add("");
            }
            if (begins && columns > 1 && !rowLabels.isEmpty()) {
                lines.add("[" + rowLabels.get(row) + "]");
            }
            List<String> labels = columns == 1 ? rowLabels : columnLabels;
            String label = labels.isEmpty() ? "" : labels.get(columns == 1 ? row : i % columns);
            lines.add(label.isEmpty() ? things.get(i) : label + ": " + things.get(i));
        }
        return lines;
    }
}
