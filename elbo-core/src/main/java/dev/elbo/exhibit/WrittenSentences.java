package dev.elbo.exhibit;

import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
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
 * @param wish what they must begin with and speak of
 */
public record WrittenSentences(
        int count, Map<String, String> given, double temperature, Writing how, Wish wish, long seed)
        implements Exhibit {

    /**
     * What sentences must have.
     *
     * @param first the words that they begin with; empty for none
     * @param keyword what they are written from; empty for none
     */
    public record Wish(String first, String keyword) {
        /** Whatever comes. */
        public static Wish none() {
            return new Wish("", "");
        }
    }

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
        List<String> written = written(Texts.of(showing.generator()), new LinkedHashMap<>(values));
        return new Piece.Writing(
                before.isEmpty()
                        ? written
                        : IntStream.range(0, count)
                                .mapToObj(i -> before.get(i) + " → " + written.get(i))
                                .toList());
    }

    private List<String> written(Texts texts, Map<String, HostArray> values) {
        if (!wish.keyword().isEmpty()) {
            values.putAll(texts.keyword(wish.keyword(), count));
        }
        Writing begun = wish.first().isEmpty() ? how : how.beginning(texts.beginning(wish.first()));
        return texts.samples(count, values, temperature, begun, seed);
    }
}
