package dev.elbo.data;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokeniserTest {

    @Test
    void wordsAreInSmallLettersAndApartFromPunctuation() {
        assertThat(Tokeniser.WORDS.split("The end.")).containsExactly("the", "end", ".");
        assertThat(Tokeniser.WORDS.join(List.of("the", "end", "."))).isEqualTo("the end.");
    }

    @Test
    void whatStandsBetweenSpacesStaysAsItIs() {
        List<String> words = Tokeniser.SPACES.split(" Do n't\tSTOP  , Mr.\u3000Hall ");

        assertThat(words).containsExactly("Do", "n't", "STOP", ",", "Mr.", "Hall");
        assertThat(Tokeniser.SPACES.join(words)).isEqualTo("Do n't STOP , Mr. Hall");
    }

    @Test
    void charactersAreCodePointsWithSpacesAmongThem() {
        List<String> characters = Tokeniser.CHARACTERS.split("  a B  𝄞。 ");

        assertThat(characters).containsExactly("a", "␣", "B", "␣", "𝄞", "。");
        assertThat(Tokeniser.CHARACTERS.join(characters)).isEqualTo("a B 𝄞。");
    }

    @ParameterizedTest
    @MethodSource("plain")
    void noWordIsBlankWhateverTheSpaceIs(Tokeniser tokeniser) {
        for (String space : List.of(" ", "\t", "\u00a0", "\u2003", "\u3000", "\u0085", "\u001c")) {
            assertThat(tokeniser.split("春" + space + "风"))
                    .startsWith("春")
                    .endsWith("风")
                    .noneMatch(String::isBlank);
            assertThat(tokeniser.split(space + space)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsWordsMakeAVocabularyThatRemembersIt(Tokeniser tokeniser) {
        Vocabulary vocabulary = tokeniser.vocabulary(
                tokeniser.units("白日依山尽　黄河入海流").stream().collect(toMap(unit -> unit, unit -> 1L)), 20, 1);
        Field.Tokens tokens = new Field.Tokens(vocabulary, 12);
        DataSpec spec = new DataSpec("poem", Map.of("text", tokens), "");

        assertThat(vocabulary.tokeniser()).hasToString(tokeniser.toString());
        assertThat(DataSpec.of(spec.toJson()).field("text")).isEqualTo(tokens);
    }

    @Test
    void theirNamesAreThoseOfTheSetting() {
        assertThat(all().map(Tokeniser::toString)).containsExactly("words", "spaces", "characters", "jieba", "bpe(20)");
        assertThat(all())
                .allSatisfy(tokeniser ->
                        assertThat(Tokeniser.parse(tokeniser.toString())).isEqualTo(tokeniser));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokeniser.parse("word"))
                .withMessage("choose one of words, spaces, characters, jieba, bpe(8000), phones(en), or the path of"
                        + " a file tokenizer.json");
    }

    static Stream<Tokeniser> all() {
        return Stream.concat(plain(), Stream.of(Tokeniser.parse("bpe(20)")));
    }

    static Stream<Tokeniser> plain() {
        return Stream.of(Tokeniser.WORDS, Tokeniser.SPACES, Tokeniser.CHARACTERS, Tokeniser.JIEBA);
    }

    @Test
    void chineseWordsAreThoseOfTheDictionaryAndStandWithoutSpaces() {
        List<String> words = Tokeniser.JIEBA.split("我来到北京清华大学，Hello World！");

        assertThat(words).containsExactly("我", "来到", "北京", "清华大学", "，", "hello", "world", "！");
        assertThat(Tokeniser.JIEBA.join(words)).isEqualTo("我来到北京清华大学，hello world！");
    }
}
