package dev.elbo.handbook.toy;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.tensor.HostArray;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Points of a plane: two half circles that reach into each other, with normal noise, brought to about the size of N(0, I). */
public final class Moons {
    private static final double NOISE = 0.1;

    private Moons() {}

    /** So many points, FLOAT32 [N, 2]. */
    public static HostArray of(int count, long seed) {
        Random random = new Random(seed);
        float[] points = new float[2 * count];
        for (int i = 0; i < count; i++) {
            double angle = Math.PI * random.nextDouble();
            boolean upper = i % 2 == 0;
            double x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
            points[2 * i] = (float) (1.4 * (x - 0.5 + NOISE * random.nextGaussian()));
            points[2 * i + 1] = (float) (2 * (y - 0.25 + NOISE * random.nextGaussian()));
        }
        return HostArray.of(points, count, 2);
    }

    /** Points to learn from, and as many again to judge by. */
    public static DataSource data(int count) {
        DataSpec spec = new DataSpec("moons", Map.of("row", new Field.Table(2)), "");
        return new DataSource(
                spec, new Split(Map.of("row", of(count, 1))), Optional.of(new Split(Map.of("row", of(count, 2)))));
    }

    /** One coordinate of points [N, 2]. */
    public static double[] column(HostArray points, int column) {
        double[] all = points.toDoubles();
        double[] chosen = new double[all.length / 2];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = all[2 * i + column];
        }
        return chosen;
    }
}
