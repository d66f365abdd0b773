package dev.elbo.exhibit;

import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
        return new WrittenText(name(), texts -> List.of())
                .obstacle(showing)
                .or(() -> new Conditions(showing).obstacle(given));
    }

    @Override
    public Piece of(Showing showing) {
        Conditions conditions = new Conditions(showing);
        Map<String, HostArray> values = conditions.of(given, count);
        List<String> before = conditions.texts(values);
        List<String> written = Texts.of(showing.generator()).samples(count, values, temperature, how, seed);
        return new Piece.Writing(
                before.isEmpty()
                        ? written
                        : IntStream.range(0, count)
                                .mapToObj(i -> before.get(i) + " → " + written.get(i))
                                .toList());
    }
}
