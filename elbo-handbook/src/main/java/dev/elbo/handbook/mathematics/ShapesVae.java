package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Mixture;
import dev.elbo.distribution.Parameterised;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.toy.RowTraining;
import dev.elbo.handbook.toy.Shapes;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * A VAE of two latents for all pictures that there are of {@link Shapes}: few enough that its aggregated posterior
 * q(z) = 1/N Σₙ q(z|xₙ) is a mixture that can be computed.
 *
 * @param pictures all of them, [N, D]
 */
record ShapesVae(Vae vae, Tensor pictures) {
    private static final int SIDE = 9;
    private static final int HIDDEN = 96;

    /** How far quadrature goes, in standard deviations. */
    private static final double REACH = 4.5;

    /** In how many places of each dimension. */
    private static final int PLACES = 9;

    /** With first weights; its tensors live in the current scope. */
    static ShapesVae of(Effort effort) {
        float[][] rows = new Shapes(effort.of(SIDE, 6)).rows();
        int pixels = rows[0].length;
        Initializer initial = new Initializer(Rng.seeded(11, Device.CPU), Device.CPU);
        Vae vae = new Vae(
                new StandardNormal(2, Device.CPU),
                new Parameterised<>(List.of(), network(pixels, 4, initial), new NormalHead()),
                new Parameterised<>(List.of(), network(2, pixels, initial), new Coins()),
                RowTraining.ROW,
                List.of(),
                2);
        return new ShapesVae(vae, Tensor.of(Shapes.joined(rows), rows.length, pixels));
    }

    private static Sequential network(int in, int out, Initializer initial) {
        return Sequential.of(
                Linear.of(in, HIDDEN, initial),
                Activation.TANH,
                Linear.of(HIDDEN, HIDDEN, initial),
                Activation.TANH,
                Linear.of(HIDDEN, out, initial));
    }

    private record Coins() implements Head<Bernoulli> {
        @Override
        public Bernoulli of(Tensor output) {
            return new Bernoulli(output, 1);
        }
    }

    /** Trains it by Elbo's plain bound. */
    void train(int steps, IntConsumer watch) {
        new RowTraining(pictures, steps, 0.003, 12).run(vae, vae.parameters(), Elbo.standard(), watch);
    }

    /** q(z|xₙ) of all pictures, [N, 2]. */
    DiagonalNormal posteriors() {
        return (DiagonalNormal) vae.posterior().given(Pass.deterministic(), pictures);
    }

    /** q(z) = 1/N Σₙ q(z|xₙ). */
    Mixture aggregate() {
        return new Mixture(Tensor.zeros(Device.CPU, pictures.size(0)), posteriors(), 1);
    }

    /** The mean over pictures of KL(q(z|x) ‖ p(z)) beside the standard normal, by its closed form, in nats. */
    double rate() {
        return posteriors()
                .klTo(DiagonalNormal.standard(2, Device.CPU))
                .orElseThrow()
                .mean()
                .item();
    }

    /** I(n; z), which z tells of the number of its picture: the mean of E_q[log q(z|xₙ) − log q(z)], in nats. */
    double information() {
        DiagonalNormal q = posteriors();
        return expectation(z -> q.logProb(z).minus(aggregate().logProb(z)));
    }

    /** KL(q(z) ‖ p(z)) in nats, as the mean over pictures of E_q[log q(z) − log p(z)]. */
    double divergence(Distribution prior) {
        return expectation(z -> aggregate().logProb(z).minus(prior.logProb(z)));
    }

    /** The mean over pictures of E[f(z)] under q(z|xₙ), by the trapezium rule; f: [K, N, 2] → [K, N]. */
    private double expectation(UnaryOperator<Tensor> f) {
        DiagonalNormal q = posteriors();
        double[] places = Numbers.range(-REACH, REACH, PLACES);
        Tensor deviations = q.logVar().times(0.5).exp();
        double sum = 0;
        double weights = 0;
        for (double a : places) {
            try (Scope scope = Scope.open("row of places")) {
                float[] e = new float[2 * PLACES];
                float[] weight = new float[PLACES];
                for (int i = 0; i < PLACES; i++) {
                    e[2 * i] = (float) a;
                    e[2 * i + 1] = (float) places[i];
                    weight[i] = (float) Math.exp(-0.5 * (a * a + places[i] * places[i]));
                    weights += weight[i];
                }
                Tensor z = q.loc().plus(deviations.times(Tensor.of(e, PLACES, 1, 2))); // [K, N, 2]
                Tensor values = f.apply(z).to(DType.FLOAT64).mean(1); // [K]
                sum += values.times(Tensor.of(weight, PLACES).to(DType.FLOAT64))
                        .sum()
                        .item();
            }
        }
        return sum / weights;
    }
}
