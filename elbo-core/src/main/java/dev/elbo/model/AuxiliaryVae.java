package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The auxiliary deep generative model of Maaløe et al. (2016), section 2.2: M2 with a variable a beside class and style, which the
 * posterior draws first, q(a|x) q(y|x, a) q(z|x, y, a), and the model explains last, p(y) p(z) p(x|y, z) p(a|x, y, z). What is made
 * does not depend on a; the posterior of y and z is a mixture over it, and so more than a normal. Other fields may be given beside,
 * as to a conditional autoencoder: style, class and what is made of them then depend on these too.
 *
 * @param autoencoder p(z), p(x|z, y, …), and q(z|x, y, …, a), given the class, then other fields, and a last
 * @param classPrior p(y)
 * @param auxiliary q(a|x)
 * @param classifier q(y|x, a, …)
 * @param explained p(a|x, y, z)
 * @param classes C
 * @param alpha what −log q(y|x, a) of an example with a label weighs beside the nats of its bound, eq. 13
 */
public record AuxiliaryVae(
        Vae autoencoder,
        Conditional<Categorical> classPrior,
        Conditional<? extends Reparameterised> auxiliary,
        Conditional<Categorical> classifier,
        Conditional<? extends Distribution> explained,
        long classes,
        double alpha)
        implements Supervised {
    /** What the auxiliary variable is called in a draw; nothing is made of it, and it is no code of an example. */
    public static final String AUXILIARY = "a";

    @Override
    public Signature signature() {
        List<Variable> latents = new ArrayList<>(List.of(Variable.oneOf(label(), classes)));
        latents.addAll(autoencoder.signature().latents());
        return new Signature(autoencoder.signature().observed(), given(), latents);
    }

    private String label() {
        return autoencoder.signature().conditions().get(0);
    }

    /** The fields that are given beside the class. */
    private List<String> given() {
        List<String> conditions = autoencoder.signature().conditions();
        return conditions.subList(1, conditions.size());
    }

    /** Parents before those that are given, and perhaps one after them. */
    private Tensor[] parents(Batch batch, List<Tensor> before, Tensor... after) {
        List<Tensor> all = new ArrayList<>(before);
        all.addAll(List.of(Given.of(batch, given())));
        all.addAll(List.of(after));
        return all.toArray(Tensor[]::new);
    }

    private Categorical guess(Batch read, Tensor a, Pass pass) {
        return classifier.given(pass, parents(read, List.of(read.get(observed()), a)));
    }

    private Reparameterised style(Batch read, Tensor y, Tensor a, Pass pass) {
        return autoencoder.posterior().given(pass, parents(read, List.of(read.get(observed()), y), a));
    }

    private String observed() {
        return autoencoder.signature().observed().get(0);
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor x = read.get(observed());
        Reparameterised qa = auxiliary.given(pass, x);
        Scored a = qa.rsample(samples, pass.rng()); // [K, B, A]
        Categorical guess = guess(read, a.value(), pass);
        Classes y = Classes.of(guess, read, signature().latent(label()), samples);
        Tensor each = y.ofEach(a.value()); // [S, B, A]
        Reparameterised q = style(read, y.values(), each, pass);
        Scored z = SemiSupervisedVae.first(q.rsample(1, y.noise(pass)));
        Distribution p = autoencoder.likelihood().given(pass, parents(read, List.of(z.value(), y.values())));
        List<Latent> latents = List.of(
                new Latent(label(), y.scored(), y.posterior(), classPrior.given(pass)),
                new Latent(Vae.Z, z, q, autoencoder.prior().given(pass, parents(read, List.of(y.values())))),
                new Latent(
                        AUXILIARY,
                        new Scored(each, () -> y.ofEach(a.logProb())),
                        new BySamples(qa),
                        explained.given(pass, x, y.values(), z.value())));
        Map<String, Reconstruction> made = Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed()))));
        return new Draw(latents, made, penalties(guess, read), y.weights());
    }

    private Map<String, Tensor> penalties(Categorical guess, Batch read) {
        return read.fields().containsKey(label())
                ? Map.of(
                        SemiSupervisedVae.CLASSIFICATION,
                        Classes.surprise(guess, read, label()).times(alpha))
                : Map.of();
    }

    @Override
    public Map<String, Tensor> supervision(Batch read, Pass pass) {
        Tensor x = read.get(observed());
        Tensor a = auxiliary.given(pass, x).rsample(1, pass.rng()).value();
        return penalties(guess(read, a, pass), read);
    }

    /** What the model makes of an example by itself, with a at the centre of its posterior: labels are not read. */
    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Tensor x = read.get(observed());
        Tensor a = auxiliary.given(pass, x).centre();
        Tensor y = guess(read, a, pass).centre();
        Map<String, Tensor> centres = new LinkedHashMap<>();
        centres.put(label(), y);
        centres.put(Vae.Z, style(read, y, a, pass).centre());
        return centres;
    }

    /** Classes are those of the conditions, if these have them, else of their prior. */
    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Tensor given = conditions.fields().get(label());
        Tensor y = given == null ? classPrior.given(pass).sample(count, temperature, pass.rng()) : given;
        Map<String, Tensor> latents =
                new LinkedHashMap<>(autoencoder.latents(count, with(y, conditions), temperature, pass));
        latents.put(label(), y);
        return latents;
    }

    /** A class that is missing is that of the conditions, or else the centre of its prior. */
    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature());
        Map<String, Tensor> style = new LinkedHashMap<>(latents);
        Tensor chosen = style.remove(label());
        Tensor given = chosen == null ? conditions.fields().get(label()) : chosen;
        return autoencoder.decode(
                style, with(given == null ? classPrior.given(pass).centre() : given, conditions), pass);
    }

    private Batch with(Tensor y, Batch conditions) {
        Map<String, Tensor> fields = new LinkedHashMap<>(conditions.fields());
        fields.put(label(), y);
        return new Batch(fields);
    }
}
