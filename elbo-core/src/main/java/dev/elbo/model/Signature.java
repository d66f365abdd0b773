package dev.elbo.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a model reads, scores and has, by name.
 *
 * @param observed the fields x that have a likelihood
 * @param conditions the fields y that everything is conditioned on; none for an unconditional model
 * @param latents from the top of the model down
 * @param taught the fields that a draw reads beside these, which teach latents what they must tell; nothing else needs them
 */
public record Signature(List<String> observed, List<String> conditions, List<Variable> latents, List<String> taught) {
    /** Copies the lists. */
    public Signature {
        observed = List.copyOf(observed);
        conditions = List.copyOf(conditions);
        latents = List.copyOf(latents);
        taught = List.copyOf(taught);
    }

    /** Of a model that is taught by nothing but what it observes. */
    public Signature(List<String> observed, List<String> conditions, List<Variable> latents) {
        this(observed, conditions, latents, List.of());
    }

    /** The same of a model that such fields teach. */
    Signature taughtBy(List<String> fields) {
        return new Signature(observed, conditions, latents, fields);
    }

    /**
     * The latent variable of a name.
     *
     * @throws IllegalArgumentException naming those there are, if it is none of them
     */
    public Variable latent(String name) {
        return latents.stream()
                .filter(latent -> latent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no latent '" + name + "'; it has "
                        + latents.stream().map(Variable::name).toList()));
    }

    /** The fields whose values can be asked for: the conditions, and the latents that are a class. */
    public List<String> onDemand() {
        return Stream.concat(
                        conditions.stream(),
                        latents.stream()
                                .filter(latent -> latent.kind() == Variable.Kind.CLASS)
                                .map(Variable::name))
                .toList();
    }
}
