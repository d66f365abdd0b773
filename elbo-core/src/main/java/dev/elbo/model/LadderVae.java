package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
        implements LatentVariableModel {
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
        this(rungs, likelihood, new Signature(List.of(observed), List.of(), latents(dims)));
    }

    private static List<Variable> latents(List<Integer> dims) {
        return IntStream.iterate(dims.size(), level -> level > 0, level -> level - 1)
                .mapToObj(level -> Variable.vector("z" + level, dims.get(level - 1)))
                .toList();
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        List<DiagonalNormal> evidence = climb(read, pass);
        List<Latent> latents = new ArrayList<>();
        Tensor bottom = descend(pass, (level, prior) -> {
            DiagonalNormal p = prior.get();
            DiagonalNormal q = posterior(level, evidence, p); // [B, D] at the top, [K, B, D] below
            Scored z = level == top() ? q.rsample(samples, pass.rng()) : once(q, pass.rng());
            latents.add(new Latent(name(level), z, q, p));
            return z.value();
        });
        Distribution p = likelihood.given(pass, bottom);
        Tensor x = scored.get(observed());
        return new Draw(latents, Map.of(observed(), new Reconstruction(p, p.logProb(x))));
    }

    /** The evidence of each level, from the bottom. */
    private List<DiagonalNormal> climb(Batch read, Pass pass) {
        List<DiagonalNormal> evidence = new ArrayList<>();
        Tensor d = read.get(observed());
        for (Rung rung : rungs) {
            d = rung.climb().forward(d, pass);
            evidence.add(rung.evidence().given(pass, d));
        }
        return evidence;
    }

    private interface Choice {
        Tensor of(int level, Supplier<DiagonalNormal> prior);
    }

    /** From the top down: what is chosen at a level is what the prior below is given. Returns what is chosen for z₁. */
    private Tensor descend(Pass pass, Choice choice) {
        Tensor z = choice.of(top(), () -> rungs.get(top()).prior().given(pass));
        for (int level = top() - 1; level >= 0; level--) {
            Conditional<DiagonalNormal> prior = rungs.get(level).prior();
            Tensor above = z;
            z = choice.of(level, () -> prior.given(pass, above));
        }
        return z;
    }

    private int top() {
        return rungs.size() - 1;
    }

    private static String name(int level) {
        return "z" + (level + 1);
    }

    private String observed() {
        return signature.observed().get(0);
    }

    private DiagonalNormal posterior(int level, List<DiagonalNormal> evidence, DiagonalNormal prior) {
        return level == top() ? evidence.get(level) : weighed(evidence.get(level), prior);
    }

    /**
     * The normal whose precision is the sum of both, and whose mean is theirs weighed by their precisions. Written with σ(t), t
     * the difference of log-variances: no precision is computed, which could overflow.
     */
    private static DiagonalNormal weighed(DiagonalNormal evidence, DiagonalNormal prior) {
        Tensor t = evidence.logVar().minus(prior.logVar());
        Tensor gain = t.negate().sigmoid();
        Tensor loc = prior.loc().plusProduct(gain, evidence.loc().minus(prior.loc()));
        return new DiagonalNormal(loc, prior.logVar().plus(t.logSigmoid()), 1);
    }

    /** A draw of each of a batch, [batch..., D]. */
    private static Scored once(DiagonalNormal q, Rng rng) {
        Tensor z = q.rsample(1, rng).value().squeeze(0);
        return new Scored(z, () -> q.logProb(z));
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        List<DiagonalNormal> evidence = climb(read, pass);
        Map<String, Tensor> centres = new LinkedHashMap<>();
        descend(pass, (level, prior) -> {
            Tensor centre = posterior(level, evidence, prior.get()).centre();
            centres.put(name(level), centre);
            return centre;
        });
        return centres;
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Map<String, Tensor> latents = new LinkedHashMap<>();
        descend(pass, (level, prior) -> {
            Variable latent = signature.latent(name(level));
            Tensor z = Given.sample(prior.get(), latent, count, temperature, pass.rng());
            latents.put(latent.name(), z);
            return z;
        });
        return latents;
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor bottom = descend(pass, (level, prior) -> {
            Tensor z = latents.get(name(level));
            return z == null ? prior.get().centre() : z;
        });
        return Map.of(observed(), likelihood.given(pass, bottom));
    }
}
