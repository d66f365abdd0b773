package dev.elbo.exhibit;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.VerseForm;
import dev.elbo.distribution.Writing;
import dev.elbo.generate.Texts;
import dev.elbo.model.WrittenFrom;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** How often a poem is drawn that breaks its form. */
    private static final int DRAWS = 20;

    /**
     * What sentences must have.
     *
     * @param first the words that they begin with; empty for none
     * @param keyword what they are written from; empty for none
     * @param form whether poems are drawn again that break the form that their label names
     */
    public record Wish(String first, String keyword, boolean form) {
        /** Whatever comes first. */
        public static Wish none() {
            return new Wish("", "", false);
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
        List<String> written = written(
                Texts.of(showing.generator()),
                new LinkedHashMap<>(values),
                labels(showing.generator().spec(), values));
        return new Piece.Writing(
                before.isEmpty()
                        ? written
                        : IntStream.range(0, count)
                                .mapToObj(i -> before.get(i) + " → " + written.get(i))
                                .toList());
    }

    /** The name of the label that each is given; none of a model without labels. */
    private static List<String> labels(DataSpec spec, Map<String, HostArray> values) {
        HostArray given = values.get(WrittenFrom.LABEL);
        return given != null && spec.fields().get(WrittenFrom.LABEL) instanceof Field.Category classes
                ? Arrays.stream(given.toLongs())
                        .mapToObj(label -> classes.names().get((int) label))
                        .toList()
                : List.of();
    }

    private List<String> written(Texts texts, Map<String, HostArray> values, List<String> labels) {
        if (!wish.keyword().isEmpty()) {
            values.putAll(texts.keyword(wish.keyword(), count));
        }
        Writing begun = wish.first().isEmpty() ? how : how.beginning(texts.beginning(wish.first()));
        List<String> lines = new ArrayList<>(texts.samples(count, values, temperature, begun, seed));
        int[] broken = wish.form() ? broken(lines, labels) : new int[0];
        for (int draw = 1; draw < DRAWS && broken.length > 0; draw++) {
            int[] rows = broken;
            Map<String, HostArray> of = new LinkedHashMap<>();
            values.forEach((field, all) -> of.put(
                    field,
                    HostArray.concat(Arrays.stream(rows)
                            .mapToObj(row -> all.rows(row, row + 1L))
                            .toList())));
            List<String> again = texts.samples(rows.length, of, temperature, begun, Rng.seedOf(seed, draw));
            IntStream.range(0, rows.length).forEach(i -> lines.set(rows[i], again.get(i)));
            broken = broken(lines, labels);
        }
        return lines;
    }

    /** The numbers of the poems that have another form than their labels say. */
    private static int[] broken(List<String> lines, List<String> labels) {
        return IntStream.range(0, labels.size())
                .filter(i -> !VerseForm.isKept(lines.get(i), labels.get(i)))
                .toArray();
    }
}
