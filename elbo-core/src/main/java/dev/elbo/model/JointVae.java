package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A VAE with several latents side by side, which are independent given x: a vector and a choice among classes, say. Dupont (2018),
 * section 3. One network reads x for all of them, and the likelihood is given all of them.
 *
 * @param trunk x to what all posteriors are made of
 * @param parts the latents
 * @param likelihood p(x|z, c, …)
 * @param signature one field x, no conditions, and the latents in the order of the parts
 */
public record JointVae(
        Layer trunk, List<Part> parts, Conditional<? extends Distribution> likelihood, Signature signature)
        implements LatentVariableModel {
    /** Copies the list. */
    public JointVae {
        parts = List.copyOf(parts);
    }

    /**
     * A latent.
     *
     * @param prior without a parent
     * @param posterior given what the trunk makes of x
     */
    public record Part(Conditional<? extends Distribution> prior, Conditional<? extends Reparameterised> posterior)
            implements Module {}

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor h = trunk.forward(read.get(observed()), pass);
        List<Latent> latents = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Reparameterised q = parts.get(i).posterior().given(pass, h);
            Distribution p = parts.get(i).prior().given(pass);
            latents.add(new Latent(name(i), q.rsample(samples, pass.rng()), q, p));
        }
        Distribution p =
                likelihood.given(pass, latents.stream().map(Latent::value).toArray(Tensor[]::new));
        return new Draw(latents, Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed())))));
    }

    private String name(int part) {
        return signature.latents().get(part).name();
    }

    private String observed() {
        return signature.observed().get(0);
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Tensor h = trunk.forward(read.get(observed()), pass);
        Map<String, Tensor> centres = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            centres.put(name(i), parts.get(i).posterior().given(pass, h).centre());
        }
        return centres;
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Map<String, Tensor> latents = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Distribution p = parts.get(i).prior().given(pass);
            latents.put(name(i), Given.sample(p, signature.latents().get(i), count, temperature, pass.rng()));
        }
        return latents;
    }

    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Shape leading = leading(latents);
        Tensor[] values = new Tensor[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Tensor given = latents.get(name(i));
            values[i] = given == null ? centre(i, leading, pass) : given;
        }
        return Map.of(observed(), likelihood.given(pass, values));
    }

    /** [..., N] of the latents that are given; nothing if none is. */
    private static Shape leading(Map<String, Tensor> latents) {
        return latents.values().stream()
                .findFirst()
                .map(value -> value.shape().dropLast(1))
                .orElse(Shape.of());
    }

    private Tensor centre(int part, Shape leading, Pass pass) {
        Tensor centre = parts.get(part).prior().given(pass).centre();
        return centre.expand(centre.shape().prepend(leading.sizes()));
    }
}
