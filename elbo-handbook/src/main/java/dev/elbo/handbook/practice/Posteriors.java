package dev.elbo.handbook.practice;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;

/**
 * The normal posteriors of examples.
 *
 * @param means [dimension][example]
 * @param deviations [dimension][example]
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Posteriors(double[][] means, double[][] deviations) {

    /** The posteriors of all test examples. */
    static Posteriors of(Fitted vae) {
        try (Scope work = Scope.open("posteriors");
                Inference use = Inference.begin()) {
            Examples examples =
                    new Examples(vae.test(), vae.spec(), vae.pixels().encoded(), 0, Device.CPU);
            Rng rng = Rng.seeded(0, Device.CPU);
            Batch all = examples.range(0, examples.size(), rng);
            DiagonalNormal q = (DiagonalNormal) vae.model()
                    .draw(all, 1, Pass.evaluation(rng))
                    .latents()
                    .get(0)
                    .posterior(); // [N, D]
            return new Posteriors(
                    columns(q.loc().toHost().toDoubles(), (int) q.loc().size(1)),
                    columns(q.logVar().times(0.5).exp().toHost().toDoubles(), (int)
                            q.loc().size(1)));
        }
    }

    /** [N · D] as [D][N]. */
    private static double[][] columns(double[] rows, int dimensions) {
        double[][] columns = new double[dimensions][rows.length / dimensions];
        for (int i = 0; i < rows.length; i++) {
            columns[i % dimensions][i / dimensions] = rows[i];
        }
        return columns;
    }
}
