package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model with latents z₁ … z_L at several levels, sampled from the top down in the prior and in the posterior alike. A
 * deterministic network climbs from x, and what it leaves at each level is evidence for the posterior there.
 *
 * @param <E> the evidence of a level
 */
interface TopDown<E> extends LatentVariableModel {
    /** p(x | what a descent ends with). */
    Conditional<? extends Distribution> likelihood();

    /** What an example says to each level, from the bottom. */
    List<E> climb(Tensor x, Pass pass);

    /** From the top down: what is chosen at a level is what those below are given. Returns what the likelihood is given. */
    Tensor descend(Pass pass, Choice<E> choice);

    /** Chooses the values of the latent of a level. */
    interface Choice<E> {
        /**
         * Its values, [..., D].
         *
         * @param level from 0, the bottom
         */
        Tensor of(int level, Place<E> place);
    }

    /** A level, given what was chosen above. */
    interface Place<E> {
        /** p(zₗ | what is above). */
        DiagonalNormal prior();

        /** q(zₗ | what is above, x). */
        DiagonalNormal posterior(E evidence, DiagonalNormal prior);
    }

    /** Vectors z_L … z₁, from the top down. */
    static List<Variable> latents(List<Integer> dims) {
        return IntStream.iterate(dims.size(), level -> level > 0, level -> level - 1)
                .mapToObj(level -> Variable.vector("z" + level, dims.get(level - 1)))
                .toList();
    }

    private static String name(int level) {
        return "z" + (level + 1);
    }

    private String observed() {
        return signature().observed().get(0);
    }

    @Override
    default Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        List<E> evidence = climb(read.get(observed()), pass);
        List<Latent> latents = new ArrayList<>();
        Tensor bottom = descend(pass, (level, place) -> {
            DiagonalNormal p = place.prior();
            DiagonalNormal q = place.posterior(evidence.get(level), p); // [B, D] at the top, [K, B, D] below
            Scored z = latents.isEmpty() ? q.rsample(samples, pass.rng()) : once(q, pass.rng());
            latents.add(new Latent(name(level), z, q, p));
            return z.value();
        });
        Distribution p = likelihood().given(pass, bottom);
        return new Draw(latents, Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed())))));
    }

    /** A draw of each of a batch, [batch..., D]. */
    private static Scored once(DiagonalNormal q, Rng rng) {
        Tensor z = q.rsample(1, rng).value().squeeze(0);
        return new Scored(z, () -> q.logProb(z));
    }

    @Override
    default Map<String, Tensor> encode(Batch read, Pass pass) {
        List<E> evidence = climb(read.get(observed()), pass);
        Map<String, Tensor> centres = new LinkedHashMap<>();
        descend(pass, (level, place) -> {
            Tensor centre = place.posterior(evidence.get(level), place.prior()).centre();
            centres.put(name(level), centre);
            return centre;
        });
        return centres;
    }

    @Override
    default Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Map<String, Tensor> latents = new LinkedHashMap<>();
        descend(pass, (level, place) -> {
            Variable latent = signature().latent(name(level));
            Tensor z = Given.sample(place.prior(), latent, count, temperature, pass.rng());
            latents.put(latent.name(), z);
            return z;
        });
        return latents;
    }

    @Override
    default Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature());
        Tensor bottom = descend(pass, (level, place) -> {
            Tensor z = latents.get(name(level));
            return z == null ? place.prior().centre() : z;
        });
        return Map.of(observed(), likelihood().given(pass, bottom));
    }
}
