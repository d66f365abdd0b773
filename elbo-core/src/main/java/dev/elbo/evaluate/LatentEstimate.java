package dev.elbo.evaluate;

import java.util.List;

/**
 * What a latent variable tells of held-out examples, on average.
 *
 * @param name of the latent
 * @param rate KL(q(z|x) ‖ p(z)) in nats; of a latent below others, given samples of those; NaN of a posterior that is a point,
 *     and has none
 * @param ratePerDimension the same of each dimension; empty where it does not factorise
 * @param activeUnits dimensions whose posterior centre varies over examples by more than 0.01 (variance).
 *     Burda et al. (2016), section 5.2. 0 for codes and classes, which have no dimensions, and for points, whose scale means
 *     nothing
 */
public record LatentEstimate(String name, double rate, List<Double> ratePerDimension, int activeUnits) {}
