package dev.elbo.model;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ladder VAE, Sønderby et al. (2016): latents z₁ … z_L at several levels, p(x|z₁) p(z₁|z₂) … p(z_L). A deterministic
 * network climbs from x and leaves evidence N(μ̂ₗ, σ̂ₗ²) at each level; inference comes down again, and weighs it against the
 * prior given the level above by their precisions, eq. 17 to 19. At the top the evidence alone is the posterior.
 *
 * @param rungs from the bottom, z₁, to the top
 * @param likelihood p(x|z₁)
 * @param signature one field x, and the latents from the top down
 */
public record LadderVae(List<Rung> rungs, Conditional<? extends Distribution> likelihood, Signature signature)
        implements TopDown<DiagonalNormal> {
    /** Copies the list. */
    public LadderVae {
        rungs = List.copyOf(rungs);
    }

    /**
     * A level.
     *
     * @param climb dₗ of what is below, dₗ₋₁ or x
     * @param evidence N(μ̂ₗ, σ̂ₗ²) of dₗ
     * @param prior p(zₗ|zₗ₊₁); at the top p(z_L), which has no parent
     */
    public record Rung(Layer climb, Conditional<DiagonalNormal> evidence, Conditional<DiagonalNormal> prior)
            implements Module {}

    /**
     * With latents z1, z2, … of so many dimensions.
     *
     * @param dims of each level, from the bottom
     */
    public LadderVae(
            List<Rung> rungs, Conditional<? extends Distribution> likelihood, String observed, List<Integer> dims) {
        this(rungs, likelihood, new Signature(List.of(observed), List.of(), TopDown.latents(dims)));
    }

    @Override
    public List<DiagonalNormal> climb(Tensor x, Pass pass) {
        List<DiagonalNormal> evidence = new ArrayList<>();
        Tensor d = x;
        for (Rung rung : rungs) {
            d = rung.climb().forward(d, pass);
            evidence.add(rung.evidence().given(pass, d));
        }
        return evidence;
    }

    /** Ends with z₁. */
    @Override
    public Tensor descend(Pass pass, Choice<DiagonalNormal> choice) {
        int top = rungs.size() - 1;
        Tensor z = choice.of(top, new Top(() -> rungs.get(top).prior().given(pass)));
        for (int level = top - 1; level >= 0; level--) {
            Conditional<DiagonalNormal> prior = rungs.get(level).prior();
            Tensor above = z;
            z = choice.of(level, new Below(() -> prior.given(pass, above)));
        }
        return z;
    }

    private record Top(Supplier<DiagonalNormal> given) implements Place<DiagonalNormal> {
        @Override
        public DiagonalNormal prior() {
            return given.get();
        }

        @Override
        public DiagonalNormal posterior(DiagonalNormal evidence, DiagonalNormal prior) {
            return evidence;
        }
    }

    private record Below(Supplier<DiagonalNormal> given) implements Place<DiagonalNormal> {
        @Override
        public DiagonalNormal prior() {
            return given.get();
        }

        /**
         * The normal whose precision is the sum of both, and whose mean is theirs weighed by their precisions. Written with σ(t),
         * t the difference of log-variances: no precision is computed, which could overflow.
         */
        @Override
        public DiagonalNormal posterior(DiagonalNormal evidence, DiagonalNormal prior) {
            Tensor t = evidence.logVar().minus(prior.logVar());
            Tensor gain = t.negate().sigmoid();
            Tensor loc = prior.loc().plusProduct(gain, evidence.loc().minus(prior.loc()));
            return new DiagonalNormal(loc, prior.logVar().plus(t.logSigmoid()), 1);
        }
    }
}
