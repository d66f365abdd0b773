package dev.elbo.handbook.draw;

import dev.elbo.figure.Coordinates;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/** Lines of equal value, by marching squares: in each cell of the table, straight lines between points on its sides. */
final class Contours {
    private Contours() {}

    static Path2D of(Coordinates at, double[] x, double[] y, double[][] values, double level) {
        Path2D path = new Path2D.Double();
        for (int row = 0; row + 1 < y.length; row++) {
            for (int column = 0; column + 1 < x.length; column++) {
                List<double[]> crossings = crossings(x, y, values, level, row, column);
                for (int i = 0; i + 1 < crossings.size(); i += 2) {
                    path.moveTo(at.x(crossings.get(i)[0]), at.y(crossings.get(i)[1]));
                    path.lineTo(at.x(crossings.get(i + 1)[0]), at.y(crossings.get(i + 1)[1]));
                }
            }
        }
        return path;
    }

    /** Where the sides of a cell have the level: none, two or four points. */
    private static List<double[]> crossings(
            double[] x, double[] y, double[][] values, double level, int row, int column) {
        int[][] corners = {{row, column}, {row, column + 1}, {row + 1, column + 1}, {row + 1, column}};
        List<double[]> crossings = new ArrayList<>();
        for (int i = 0; i < corners.length; i++) {
            int[] a = corners[i];
            int[] b = corners[(i + 1) % corners.length];
            double from = values[a[0]][a[1]] - level;
            double to = values[b[0]][b[1]] - level;
            if (from > 0 != to > 0) {
                double share = from / (from - to);
                crossings.add(new double[] {x[a[1]] + share * (x[b[1]] - x[a[1]]), y[a[0]] + share * (y[b[0]] - y[a[0]])
                });
            }
        }
        return crossings;
    }
}
