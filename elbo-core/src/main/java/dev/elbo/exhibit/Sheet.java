package dev.elbo.exhibit;

import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Things in rows and columns: images become a grid, text lines under each other, sound one recording.
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
            return new Piece.Picture(ImageGrid.of(images.pixels())
                    .columns(columns)
                    .rowsPerGroup(rowsPerGroup)
                    .caption(caption)
                    .rowLabels(rowLabels)
                    .columnLabels(columnLabels)
                    .framedColumns(framed)
                    .build());
        }
        return shown instanceof Shown.Sound sound
                ? new Piece.Recording(sound)
                : new Piece.Writing(lines(((Shown.Text) shown).lines()));
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
            String label = columns == 1 && !rowLabels.isEmpty() ? rowLabels.get(row) + ": " : "";
            lines.add(label + things.get(i));
        }
        return lines;
    }
}
