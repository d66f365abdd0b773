package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A semi-supervised model of the features that an autoencoder finds: M1 and M2 of Kingma et al. (2014), stacked as in section 2.1,
 * p(y) p(z₂) p(z₁|y, z₂) p(x|z₁). The posterior is q(z₁|x) q(y|z₁) q(z₂|z₁, y): what guesses the class reads features, not images.
 *
 * @param features M1: q(z₁|x) and p(x|z₁); its prior is asked for only while it learns alone
 * @param view what becomes of images before M2 learns from their features; they may be moved by chance in training
 * @param classes M2 of z₁, which is the field that it observes
 */
public record StackedVae(Vae features, Layer view, SemiSupervisedVae classes) implements LatentVariableModel {
    /** What the features are called, as a latent of the whole and as the field of M2. */
    public static final String FEATURES = "z1";

    /** What the style is called. */
    public static final String STYLE = "z2";

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if M2 observes another field than the features
     */
    public StackedVae {
        List<String> observed = classes.signature().observed();
        if (!observed.equals(List.of(FEATURES))) {
            throw new IllegalArgumentException("the upper model observes '" + FEATURES + "'; got " + observed);
        }
    }

    @Override
    public Signature signature() {
        List<Variable> latents = new ArrayList<>();
        for (Variable latent : classes.signature().latents()) {
            latents.add(latent.name().equals(Vae.Z) ? vector(STYLE, latent) : latent);
        }
        latents.add(vector(FEATURES, features.signature().latent(Vae.Z)));
        return new Signature(features.signature().observed(), List.of(), latents);
    }

    private static Variable vector(String name, Variable latent) {
        return Variable.vector(name, latent.shape().elements());
    }

    private String observed() {
        return features.signature().observed().get(0);
    }

    private Tensor observed(Batch batch) {
        return batch.get(observed());
    }

    /** Samples of q(z₁|x) in the place of the images, with what labels there are: what M2 learns from. No gradient passes. */
    public Batch codes(Batch read, Pass pass) {
        Map<String, Tensor> fields = new LinkedHashMap<>(read.fields());
        Tensor x = Objects.requireNonNull(fields.remove(observed()));
        try (GradientMode off = GradientMode.off()) {
            Reparameterised q = features.posterior().given(pass, view.forward(x, pass));
            fields.put(FEATURES, q.rsample(1, pass.rng()).value().squeeze(0));
        }
        return new Batch(fields, read.lengths(), read.present());
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Reparameterised q1 = features.posterior().given(pass, observed(read));
        Scored z1 = q1.rsample(samples, pass.rng()); // [K, B, D]
        Categorical guess = classes.classifier().given(pass, z1.value());
        Classes y = Classes.of(guess, read, signature().latent(classes.label()), samples);
        Vae style = classes.autoencoder();
        Reparameterised q2 = style.posterior().given(pass, y.ofEach(z1.value()), y.values());
        Scored z2 = SemiSupervisedVae.first(q2.rsample(1, y.noise(pass)));
        List<Latent> latents = List.of(
                new Latent(
                        classes.label(),
                        y.scored(),
                        y.posterior(),
                        classes.classPrior().given(pass)),
                new Latent(STYLE, z2, q2, style.prior().given(pass, y.values())),
                new Latent(
                        FEATURES,
                        new Scored(y.ofEach(z1.value()), () -> y.ofEach(z1.logProb())),
                        new BySamples(q1),
                        style.likelihood().given(pass, z2.value(), y.values())));
        Distribution p = y.ofEach(features.likelihood().given(pass, z1.value()));
        Map<String, Reconstruction> made = Map.of(observed(), new Reconstruction(p, p.logProb(observed(scored))));
        return new Draw(latents, made, classes.penalties(guess, read), y.weights());
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Tensor z1 = Objects.requireNonNull(features.encode(read, pass).get(Vae.Z));
        Map<String, Tensor> centres = named(classes.encode(new Batch(Map.of(FEATURES, z1)), pass));
        centres.put(FEATURES, z1);
        return centres;
    }

    /** The latents of M2 as those of the whole, or the other way round: z there is z₂ here. */
    private static Map<String, Tensor> named(Map<String, Tensor> latents) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        latents.forEach(
                (name, value) -> named.put(name.equals(Vae.Z) ? STYLE : name.equals(STYLE) ? Vae.Z : name, value));
        return named;
    }

    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Map<String, Tensor> above = classes.latents(count, conditions, temperature, pass);
        Map<String, Tensor> latents = named(above);
        latents.put(
                FEATURES,
                features(above, conditions, pass)
                        .sample(1, temperature, pass.rng())
                        .squeeze(0));
        return latents;
    }

    /** p(z₁|y, z₂). */
    private Distribution features(Map<String, Tensor> above, Batch conditions, Pass pass) {
        return Objects.requireNonNull(classes.decode(above, conditions, pass).get(FEATURES));
    }

    /** Features that are missing are the centre of those of their class and style. */
    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature());
        Map<String, Tensor> above = named(latents);
        Tensor given = above.remove(FEATURES);
        Tensor z1 = given == null ? features(above, conditions, pass).centre() : given;
        return features.decode(Map.of(Vae.Z, z1), conditions, pass);
    }
}
