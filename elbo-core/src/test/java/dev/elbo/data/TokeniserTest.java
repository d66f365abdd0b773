package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    @EnumSource
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
    @EnumSource
    void itsWordsMakeAVocabularyThatRemembersIt(Tokeniser tokeniser) {
        Vocabulary vocabulary = Vocabulary.of(tokeniser.split("白日依山尽　黄河入海流").stream(), 20, 1, tokeniser);
        Field.Tokens tokens = new Field.Tokens(vocabulary, 12);
        DataSpec spec = new DataSpec("poem", Map.of("text", tokens), "");

        assertThat(vocabulary.tokeniser()).isEqualTo(tokeniser);
        assertThat(DataSpec.of(spec.toJson()).field("text")).isEqualTo(tokens);
    }

    @Test
    void theirNamesAreThoseOfTheSetting() {
        assertThat(Stream.of(Tokeniser.values()).map(Tokeniser::toString))
                .containsExactly("words", "spaces", "characters");
    }
}
