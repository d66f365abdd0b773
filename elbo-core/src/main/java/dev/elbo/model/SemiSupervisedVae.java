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
 * A classifier and an autoencoder that teach each other: the generative semi-supervised model M2 of Kingma et al. (2014), section
 * 2. An image x is made by a class y and a style z, p(y) p(z) p(x|z, y); some examples have a label, which is y, and most have
 * none, so that q(y|x) guesses it.
 *
 * <ul>
 *   <li>Of an example without a label, the bound of log p(x) goes through all C classes, weighted by q(y|x): eq. 7. A draw of K
 *       samples has K C of them.
 *   <li>Of an example with a label, it is the bound of log p(x, y), eq. 6: y has a posterior that is sure of the label, and costs
 *       −log p(y). Beside others without a label it has K C samples too, all of its own class, which count alike.
 *   <li>Where all examples of a batch have a label, a draw has K samples.
 * </ul>
 *
 * <p>What q(y|x) learns of labels is a penalty, α E[−log q(y|x)] over all examples of the batch, in which those without a label
 * count 0; eq. 9.
 *
 * @param classPrior p(y)
 * @param classifier q(y|x)
 * @param autoencoder p(z), q(z|x, y) and p(x|z, y), given one field, the class
 * @param classes C
 * @param alpha what −log q(y|x) of an example with a label weighs beside the nats of its bound
 */
public record SemiSupervisedVae(
        Conditional<Categorical> classPrior,
        Conditional<Categorical> classifier,
        Vae autoencoder,
        long classes,
        double alpha)
        implements Supervised {
    /** The name of the penalty. */
    static final String CLASSIFICATION = "classification";

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the autoencoder is not given exactly one field, or α is negative
     */
    public SemiSupervisedVae {
        List<String> given = autoencoder.signature().conditions();
        if (given.size() != 1) {
            throw new IllegalArgumentException("the autoencoder is given one field, the class; got " + given);
        }
        if (!(alpha >= 0)) {
            throw new IllegalArgumentException("alpha must be at least 0; got " + alpha);
        }
    }

    @Override
    public Signature signature() {
        List<Variable> latents = new ArrayList<>(List.of(Variable.oneOf(label(), classes)));
        latents.addAll(autoencoder.signature().latents());
        return new Signature(autoencoder.signature().observed(), List.of(), latents);
    }

    /** The field that says the class, which is what the latent class is called. */
    String label() {
        return autoencoder.signature().conditions().get(0);
    }

    private String observed() {
        return autoencoder.signature().observed().get(0);
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Tensor x = read.get(observed());
        Categorical guess = classifier.given(pass, x);
        Classes y = Classes.of(guess, read, signature().latent(label()), samples);
        Reparameterised q = autoencoder.posterior().given(pass, x, y.values()); // a batch of [S, B]
        Scored z = first(q.rsample(1, y.noise(pass)));
        Distribution p = autoencoder.likelihood().given(pass, z.value(), y.values());
        List<Latent> latents = List.of(
                new Latent(label(), y.scored(), y.posterior(), classPrior.given(pass)),
                new Latent(Vae.Z, z, q, autoencoder.prior().given(pass, y.values())));
        Map<String, Reconstruction> made = Map.of(observed(), new Reconstruction(p, p.logProb(scored.get(observed()))));
        return new Draw(latents, made, penalties(guess, read), y.weights());
    }

    /** Without the dimension of its one sample. */
    static Scored first(Scored one) {
        return new Scored(one.value().squeeze(0), () -> one.logProb().squeeze(0));
    }

    /** None of examples that all lack a label. */
    Map<String, Tensor> penalties(Categorical guess, Batch read) {
        return read.fields().containsKey(label())
                ? Map.of(CLASSIFICATION, Classes.surprise(guess, read, label()).times(alpha))
                : Map.of();
    }

    @Override
    public Map<String, Tensor> supervision(Batch read, Pass pass) {
        return penalties(classifier.given(pass, read.get(observed())), read);
    }

    /** What the model makes of an example by itself: labels are not read. */
    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Tensor x = read.get(observed());
        Tensor y = classifier.given(pass, x).centre();
        Map<String, Tensor> centres =
                new LinkedHashMap<>(autoencoder.encode(new Batch(Map.of(observed(), x, label(), y)), pass));
        centres.put(label(), y);
        return centres;
    }

    /** Classes are those of the conditions, if these have them, else of their prior. */
    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        Tensor given = conditions.fields().get(label());
        Tensor y = given == null
                ? Given.sample(classPrior.given(pass), signature().latent(label()), count, temperature, pass.rng())
                : given;
        Map<String, Tensor> latents = new LinkedHashMap<>(autoencoder.latents(count, withClass(y), temperature, pass));
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
        Tensor y = given == null ? classPrior.given(pass).centre() : given;
        return autoencoder.decode(style, withClass(y), pass);
    }

    private Batch withClass(Tensor y) {
        return new Batch(Map.of(label(), y));
    }
}
