package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The negative evidence lower bound: distortion E_q[−log p(x|z)] plus β times rate KL(q(z|x) ‖ p(z)).
 * β = 1 is the bound of Kingma and Welling (2014), eq. 3; a larger one that of the β-VAE, Higgins et al.
 * (2017), eq. 4; a schedule anneals.
 *
 * <p>With free bits λ the rate that is minimised is Σⱼ max(λ, rateⱼ), over dimensions j or over latents.
 *
 * <p>Balanced, the latents of a hierarchy share the rate while β is below 1: that of latent l weighs γₗ = L dₗ rateₗ / Σ dₖ rateₖ,
 * with dₗ its dimensions, so that what speaks much is pressed on more and others are not silenced first. Vahdat and Kautz (2020),
 * appendix A.
 *
 * @param beta the weight of the rate
 * @param freeBits λ in nats; 0 for none
 * @param balance whether latents share the rate
 */
public record Elbo(
        @About("schedule of the rate's weight, in epochs: 1, linear(0, 1, 10), …")
        Schedule beta,

        @About("nats at no cost, of each latent dimension, 0.25, or of each latent, latent(4)")
        FreeBits freeBits,

        @About("whether the levels of a hierarchy share the rate while beta is below 1")
        boolean balance)
        implements Objective {

    /**
     * Validates β.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Elbo {
        if (!(beta.least() >= 0)) {
            throw new IllegalArgumentException("beta must be at least 0 everywhere; got " + beta);
        }
    }

    /**
     * With free bits of each dimension.
     *
     * @throws IllegalArgumentException if β or λ is negative
     */
    public Elbo(Schedule beta, double freeBits) {
        this(beta, FreeBits.of(freeBits), false);
    }

    /** The plain bound. */
    public static Elbo standard() {
        return new Elbo(Schedule.constant(1), 0);
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Tensor weight = step.value(beta);
        Tensor charged = isPlain() ? bound.rate() : charged(draw, weight);
        Tensor total = draw.penalised(bound.distortion().plus(weight.times(charged)));
        Map<String, Tensor> terms = bound.terms();
        terms.put("beta", weight);
        terms.putAll(draw.penalties());
        return new Loss(total, terms);
    }

    /** Free bits and balance compare rates that are averaged over the whole batch. */
    @Override
    public boolean isMeanOverExamples() {
        return isPlain();
    }

    private boolean isPlain() {
        return freeBits.isNone() && !balance;
    }

    private Tensor charged(Draw draw, Tensor weight) {
        List<Latent> latents = draw.latents();
        List<Tensor> rates =
                latents.stream().map(latent -> freeBits.charged(draw, latent)).toList();
        if (!balance || latents.size() == 1) {
            return rates.stream().reduce(Tensor::plus).orElseThrow();
        }
        Tensor together = Tensor.stack(0, rates.toArray(Tensor[]::new)); // [L]
        Tensor speech = Tensor.stack(
                0,
                IntStream.range(0, rates.size())
                        .mapToObj(l -> rates.get(l)
                                .detach()
                                .clamp(LEAST, Float.MAX_VALUE)
                                .times((double) dims(latents.get(l))))
                        .toArray(Tensor[]::new));
        Tensor shares = speech.over(speech.sum()).times((double) rates.size()); // γ
        Tensor isAnnealed = weight.greaterThan(1 - TINY).not();
        return together.times(isAnnealed.where(shares, shares.zerosLike().fill(1)))
                .sum();
    }

    /** β is annealed up to 1 within rounding. */
    private static final double TINY = 1e-6;

    /** A rate that silent levels are taken to have: where all are, there would be no shares. */
    private static final double LEAST = 1e-12;

    private static long dims(Latent latent) {
        return latent.value().shape().slice(2, latent.value().rank()).elements();
    }
}
