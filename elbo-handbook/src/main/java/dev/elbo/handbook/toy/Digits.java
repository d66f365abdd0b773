package dev.elbo.handbook.toy;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Reading;
import dev.elbo.data.Split;
import dev.elbo.handbook.Effort;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The first digits of MNIST at half their size, 14 × 14: each pixel is the mean of four. */
public final class Digits {
    /** Pixels of a side. */
    public static final int SIDE = Pointers.SIDE;

    private Digits() {}

    /** So many digits to learn from and to test on; of small effort a few {@link Pointers}, which need not be fetched. */
    public static DataSource of(Effort effort, int train, int test) {
        return effort == Effort.SMALL ? Pointers.of(48) : digits(train, test);
    }

    private static DataSource digits(int train, int test) {
        try {
            DataSource mnist = DataCatalog.standard()
                    .open("mnist", DataCache.of(System.getenv(), event -> {}), Reading.standard());
            Map<String, Field> fields = new LinkedHashMap<>(mnist.spec().fields());
            fields.put("image", new Field.Image(1, SIDE, SIDE));
            return new DataSource(
                    new DataSpec("digits", fields, mnist.spec().attribution()),
                    halved(mnist.train().slice(0, train)),
                    Optional.of(halved(mnist.test().orElseThrow().slice(0, test))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Split halved(Split split) {
        double[] fine = split.field("image").toHost().toDoubles();
        int count = (int) split.size();
        float[] coarse = new float[count * SIDE * SIDE];
        for (int i = 0; i < coarse.length; i++) {
            int image = i / (SIDE * SIDE);
            int row = i / SIDE % SIDE;
            int corner = (image * 2 * SIDE + 2 * row) * 2 * SIDE + 2 * (i % SIDE);
            double sum = fine[corner] + fine[corner + 1] + fine[corner + 2 * SIDE] + fine[corner + 2 * SIDE + 1];
            coarse[i] = (float) (sum / (4 * 255));
        }
        return new Split(Map.of(
                "image",
                HostArray.of(coarse, count, 1, SIDE, SIDE),
                "label",
                split.field("label").toHost()));
    }
}
