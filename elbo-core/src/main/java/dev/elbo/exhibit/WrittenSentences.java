package dev.elbo.exhibit;

import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.tensor.HostArray;
import java.util.Map;
import java.util.Optional;

/**
 * Sentences of latents drawn from the prior.
 *
 * @param given values of conditions by field, as the data name them; those that are not given take turns
 * @param temperature of every latent's prior
 * @param how words are chosen
 */
public record WrittenSentences(int count, Map<String, String> given, double temperature, Writing how, long seed)
        implements Exhibit {

    @Override
    public String name() {
        return "sentences";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        return text(Map.of()).obstacle(showing);
    }

    @Override
    public Piece of(Showing showing) {
        return text(new Conditions(showing).of(given, count)).of(showing);
    }

    private WrittenText text(Map<String, HostArray> conditions) {
        return new WrittenText(name(), (Texts texts) -> texts.samples(count, conditions, temperature, how, seed));
    }
}
