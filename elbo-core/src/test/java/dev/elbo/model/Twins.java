package dev.elbo.model;

import dev.elbo.checkpoint.Weights;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A model both of whose latent dimensions tell the same number x of N(0, 1): each has mean a x and variance 1. Its codes are normal,
 * with variance a² + 1 and correlation ρ = a² / (a² + 1), and their total correlation has a closed form.
 *
 * @param a how loud
 */
public record Twins(double a) {
    /** The model; its decoder is of no matter. */
    public Vae model() {
        Vae model = LinearGaussian.exact().model();
        float[] weight = new float[4 * 3];
        weight[0] = (float) a;
        weight[3] = (float) a;
        Map<String, HostArray> encoder = Map.of(
                "posterior.network.1.weight", HostArray.of(weight, 4, 3),
                "posterior.network.1.bias", HostArray.of(new float[4], 4));
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.state());
        tensors.keySet().retainAll(encoder.keySet());
        Weights.load(tensors, encoder);
        return model;
    }

    /** "Images" of such numbers, [N, 1, 1, 3]. */
    public static HostArray numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] x = new float[3 * count];
        for (int n = 0; n < x.length; n += 3) {
            x[n] = (float) random.nextGaussian();
        }
        return HostArray.of(x, count, 1, 1, 3);
    }

    /** ρ. */
    public double correlation() {
        return a * a / (a * a + 1);
    }

    /** −½ log(1 − ρ²) in nats. */
    public double totalCorrelation() {
        return -0.5 * Math.log(1 - correlation() * correlation());
    }
}
