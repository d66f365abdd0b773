package dev.elbo.bench.text;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sentences as lists of words, of text and of a split's numbers alike.
 *
 * @param vocabulary that says what a word is
 */
public record SentenceWords(Vocabulary vocabulary) {
    /**
     * The words of the field {@code text}.
     *
     * @throws IllegalArgumentException if the data are no text
     */
    public static SentenceWords of(DataSpec spec) {
        if (spec.field("text") instanceof Field.Tokens tokens) {
            return new SentenceWords(tokens.vocabulary());
        }
        throw new IllegalArgumentException("field 'text' of data '" + spec.name() + "' is no text");
    }

    /** The words of a line; a word that a model wrote as unknown is one. */
    public List<String> split(String line) {
        return vocabulary.splitWritten(line);
    }

    /** A sentence of words, as it is usually written. */
    public String join(List<String> words) {
        return vocabulary.tokeniser().join(words);
    }

    /** The words of each line. */
    public List<List<String>> split(List<String> lines) {
        return lines.stream().map(this::split).toList();
    }

    /** The words of sentences as a split has them, INT64 [N, longest]. */
    public List<List<String>> read(HostArray sentences) {
        return turns(sentences).map(turns -> turns.get(0)).toList();
    }

    /** The words of the last turn of contexts as a split has them, INT64 [N, longest]; of pairs, of the source. */
    public List<List<String>> readLast(HostArray contexts) {
        return turns(contexts).map(turns -> turns.get(turns.size() - 1)).toList();
    }

    private Stream<List<List<String>>> turns(HostArray sentences) {
        long[] ids = sentences.toLongs();
        int longest = (int) sentences.shape().size(1);
        return Stream.iterate(0, from -> from < ids.length, from -> from + longest)
                .map(from -> turns(Arrays.copyOfRange(ids, from, from + longest)));
    }

    /** At least one, which is empty where there is no word. */
    private List<List<String>> turns(long[] ids) {
        List<List<String>> turns = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ids.length && ids[i] != Vocabulary.PADDING; i++) {
            if (ids[i] == Vocabulary.END) {
                turns.add(List.copyOf(words));
                words.clear();
            } else {
                words.add(vocabulary.word(ids[i]));
            }
        }
        if (!words.isEmpty() || turns.isEmpty()) {
            turns.add(words);
        }
        return turns;
    }
}
