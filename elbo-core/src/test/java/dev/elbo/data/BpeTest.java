package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTest {
    /** The words of Sennrich et al. (2016), section 3.2, as often as there: the example of their algorithm 1. */
    private static final Map<String, Long> WORDS = words();

    private static Map<String, Long> words() {
        Map<String, Long> words = new LinkedHashMap<>();
        words.put("low", 5L);
        words.put("lower", 2L);
        words.put("newest", 6L);
        words.put("widest", 3L);
        return words;
    }

    @Test
    void theMostFrequentPairIsMergedFirst() {
        List<String> alphabet = List.of("e", "s", "t", "w", "l", "o", "n", "i", "d", "r");

        assertThat(new BpeTraining(WORDS, alphabet).merges(4))
                .containsExactly(
                        new Bpe.Merge("e", "s"),
                        new Bpe.Merge("es", "t"),
                        new Bpe.Merge("l", "o"),
                        new Bpe.Merge("lo", "w"));
    }

    @Test
    void mergesEndWhenNoPairOccursTwice() {
        assertThat(new BpeTraining(Map.of("ab", 1L, "cdcd", 1L), List.of("a", "b", "c", "d")).merges(100))
                .containsExactly(new Bpe.Merge("c", "d"));
    }

    @Test
    void charactersThatAreNotToldApartAreNotMerged() {
        assertThat(new BpeTraining(Map.of("axa", 9L), List.of("a")).merges(9)).isEmpty();
    }

    @Test
    void aWordThatWasNeverSeenIsSpelt() {
        Vocabulary vocabulary = new Bpe(14, List.of()).vocabulary(WORDS, 1, 1);

        assertThat(vocabulary.size()).isEqualTo(4 + 14);
        assertThat(vocabulary.tokeniser().tokens("lowest")).containsExactly("low", "est");
        assertThat(vocabulary.tokeniser().tokens("sled")).containsExactly("s", "l", "e", "d");
        assertThat(vocabulary.encode(vocabulary.tokeniser().tokens("sled"))).doesNotContain(Vocabulary.UNKNOWN);
        assertThat(vocabulary.encode(vocabulary.tokeniser().tokens("x"))).startsWith(Vocabulary.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Don't stop, Mr. Hall!", "a  b\u3000c", "床前明月光，疑是地上霜。", "x=1.50€ (naïve)", "a_▁b", "𝄞𝄞 🙂"})
    void aSentenceIsPutTogetherExactlyButForItsSpaces(String sentence) {
        Tokeniser bpe = new Bpe(60, List.of());
        Map<String, Long> units = new LinkedHashMap<>();
        bpe.units(sentence + " " + sentence).forEach(unit -> units.merge(unit, 1L, Long::sum));
        Vocabulary vocabulary = bpe.vocabulary(units, 1, 1);

        assertThat(vocabulary.decode(vocabulary.encode(sentence))).isEqualTo(Spaces.single(sentence.replace("▁", " ")));
        assertThat(vocabulary.tokeniser().split(sentence)).hasSizeLessThan(sentence.length() + 2);
    }

    @Test
    void aRunKeepsWhatWasLearned() {
        Vocabulary vocabulary = new Bpe(14, List.of()).vocabulary(WORDS, 1, 1);
        DataSpec spec = new DataSpec("words", Map.of("text", new Field.Tokens(vocabulary, 9)), "");
        Vocabulary read = ((Field.Tokens) DataSpec.of(spec.toJson()).field("text")).vocabulary();

        assertThat(read).isEqualTo(vocabulary).hasSameHashCodeAs(vocabulary);
        assertThat(read.encode("lowest widest")).isEqualTo(vocabulary.encode("lowest widest"));
        assertThat(read).isNotEqualTo(new Vocabulary(vocabulary.words(), new Bpe(14, List.of())));
    }

    @Test
    void aSettingThatCannotBeReadIsRefused() {
        Stream.of("bpe", "bpe()", "bpe(8k)")
                .forEach(setting -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> Tokeniser.parse(setting))
                        .withMessage(
                                "write bpe(8000) for a byte-pair encoding of 8,000 pieces; got '" + setting + "'"));
        assertThatIllegalArgumentException().isThrownBy(() -> Tokeniser.parse("bpe(0)"));
    }
}
