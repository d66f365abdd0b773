package dev.elbo.model;

import dev.elbo.distribution.Factorised;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The posteriors of a batch's examples, under each of which the code of every other can be scored, dimension by dimension: what
 * estimates of the aggregate posterior q(z) = 1/N Σₙ q(z|xₙ) are made of. All latents together are one vector z of D dimensions.
 *
 * @param latents with a factorised posterior for each example, [B, event...]
 */
public record FactorisedPosteriors(List<Latent> latents) {
    /** Copies the list. */
    public FactorisedPosteriors {
        latents = List.copyOf(latents);
    }

    /**
     * The posteriors of a draw of one sample for each example.
     *
     * @param asker who needs them, and {@code remedy} what to do instead, as a refusal says it
     * @throws IllegalArgumentException naming the latent, if its posterior does not factorise, or is one for each value of another
     *     latent
     */
    public static FactorisedPosteriors of(Draw draw, String asker, String remedy) {
        for (Latent latent : draw.latents()) {
            if (!(latent.posterior() instanceof Factorised)) {
                String family = latent.posterior().getClass().getSimpleName();
                throw new IllegalArgumentException(asker + " needs a factorised posterior; latent '" + latent.name()
                        + "' has " + family + ". " + remedy);
            }
            if (draw.weights().isPresent() || latent.isBelowAnother()) {
                throw new IllegalArgumentException(asker + " needs one posterior for each example; latent '"
                        + latent.name() + "' has one for each value of another latent. " + remedy);
            }
        }
        return new FactorisedPosteriors(draw.latents());
    }

    /** The code of each example, by latent, [B, event...]. */
    public List<Tensor> codes() {
        return latents.stream().map(latent -> latent.value().squeeze(0)).toList();
    }

    /**
     * log q(zₛ|x_b) of each dimension in nats: of every code under every posterior.
     *
     * @param codes by latent, [S, event...]
     * @return [S, B, D]
     */
    public Tensor logProbPerDimension(List<Tensor> codes) {
        List<Tensor> each = new ArrayList<>();
        for (int i = 0; i < latents.size(); i++) {
            Factorised q = (Factorised) latents.get(i).posterior();
            each.add(flat(q.logProbPerElement(codes.get(i).unsqueeze(1)), 2)); // [S, B, D]
        }
        return joined(each);
    }

    /** log q(z|x) of each example's own code in nats, [B]. */
    public Tensor logPosterior() {
        return sum(latents.stream().map(Latent::logPosterior).toList());
    }

    /** log p(z) of each example's own code in nats, [B]. */
    public Tensor logPrior() {
        return sum(latents.stream().map(Latent::logPrior).toList());
    }

    /** log p(z) of each dimension of each example's own code in nats, [B, D], if all priors factorise. */
    public Optional<Tensor> logPriorPerDimension() {
        if (!latents.stream().allMatch(latent -> latent.prior() instanceof Factorised)) {
            return Optional.empty();
        }
        return Optional.of(joined(latents.stream()
                .map(latent -> ((Factorised) latent.prior())
                        .logProbPerElement(latent.value().squeeze(0)))
                .map(figures -> flat(figures, 1))
                .toList()));
    }

    private static Tensor joined(List<Tensor> perLatent) {
        return perLatent.size() == 1 ? perLatent.get(0) : Tensor.cat(-1, perLatent.toArray(Tensor[]::new));
    }

    private static Tensor sum(List<Tensor> perLatent) {
        return perLatent.stream().reduce(Tensor::plus).orElseThrow().squeeze(0);
    }

    /** With all dimensions behind the first {@code kept} as one. */
    private static Tensor flat(Tensor figures, int kept) {
        Shape shape = figures.shape();
        Shape event = shape.slice(kept, shape.rank());
        return event.rank() == 1
                ? figures
                : figures.reshape(shape.slice(0, kept).append(event.elements()));
    }
}
