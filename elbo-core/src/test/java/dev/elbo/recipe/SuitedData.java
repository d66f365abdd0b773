package dev.elbo.recipe;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small data that a recipe can be trained on: stripes for one of images, dialogues for one of text. */
public final class SuitedData {
    private static final List<String> WHO = List.of("the cat", "a dog", "my old friend");
    private static final List<String> DOES = List.of("sees", "likes", "often forgets");
    private static final int LONGEST = 10;

    private SuitedData() {}

    /** {@code count} examples to learn from, and half as many to judge by. */
    public static DataSource of(Recipe recipe, int count) {
        return recipe.treatments().isEmpty() ? dialogues(count) : Stripes.of(1, 9, 7, count);
    }

    /** How a recipe's pixels are treated, for examples that need to be told. */
    public static Pixels pixels(Recipe recipe) {
        return recipe.treatments().stream().findFirst().orElse(Pixels.GREY);
    }

    /** Sentences of three to seven words, with a label that says nothing of them. */
    public static DataSource sentences(int count) {
        Vocabulary vocabulary = Vocabulary.of(
                IntStream.range(0, 27).mapToObj(i -> sentence(i).split(" ")).flatMap(Stream::of), 100, 1);
        Map<String, Field> fields = Map.of(
                "text", new Field.Tokens(vocabulary, LONGEST), "label", new Field.Category(List.of("who", "whom")));
        DataSpec spec = new DataSpec("sentences", fields, "");
        return new DataSource(
                spec, split(vocabulary, 0, count), Optional.of(split(vocabulary, count, (count + 1) / 2)));
    }

    /**
     * Answers of three to seven words in the field "text", each to one or two turns in the field "context", which end each with
     * {@link Vocabulary#END}: the last of them is the answer's neighbour in the list of sentences. Both have one vocabulary. A
     * label says whether there are two turns.
     */
    public static DataSource dialogues(int count) {
        DataSpec sentences = sentences(1).spec();
        Field.Tokens text = (Field.Tokens) sentences.field("text");
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("context", new Field.Tokens(text.vocabulary(), 2 * LONGEST));
        fields.put("text", text);
        fields.put("label", new Field.Category(List.of("one", "two")));
        return new DataSource(
                new DataSpec("dialogues", fields, ""),
                answers(text.vocabulary(), 0, count),
                Optional.of(answers(text.vocabulary(), count, (count + 1) / 2)));
    }

    private static Split answers(Vocabulary vocabulary, int from, int count) {
        Split text = split(vocabulary, from, count);
        long[] tokens = new long[count * 2 * LONGEST];
        long[] lengths = new long[count];
        for (int n = 0; n < count; n++) {
            for (int turn = n % 2; turn >= 0; turn--) {
                long[] said = vocabulary.encode(sentence(from + n + 1 + turn));
                System.arraycopy(said, 0, tokens, n * 2 * LONGEST + (int) lengths[n], said.length);
                lengths[n] += said.length;
            }
        }
        Map<String, RowSource> fields = new LinkedHashMap<>(text.fields());
        fields.put("context", HostArray.of(tokens, count, 2 * LONGEST));
        return new Split(
                fields,
                Map.of("context", HostArray.of(lengths, count), "text", HostArray.of(text.lengths("text"), count)),
                Map.of());
    }

    private static String sentence(int i) {
        return WHO.get(i % 3) + " " + DOES.get(i / 3 % 3) + " " + WHO.get(i / 9 % 3);
    }

    private static Split split(Vocabulary vocabulary, int from, int count) {
        long[] tokens = new long[count * LONGEST];
        long[] lengths = new long[count];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++) {
            long[] sentence = vocabulary.encode(sentence(from + n));
            System.arraycopy(sentence, 0, tokens, n * LONGEST, sentence.length);
            lengths[n] = sentence.length;
            labels[n] = n % 2;
        }
        return new Split(
                Map.of("text", HostArray.of(tokens, count, LONGEST), "label", HostArray.of(labels, count)),
                Map.of("text", HostArray.of(lengths, count)),
                Map.of());
    }
}
