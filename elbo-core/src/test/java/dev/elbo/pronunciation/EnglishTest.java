package dev.elbo.pronunciation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishTest {
    private static final Pronunciation ENGLISH = Pronunciation.of("en");

    private static String phones(String text) {
        return String.join(" ", ENGLISH.phones(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Two dogs                          | two dogs
            I have 21 cats                    | I have twenty one cats
            1,234,567                         | one million two hundred thirty four thousand five hundred sixty seven
            1st, 2nd and 23rd                 | first , second and twenty third
            3.14 and .5                       | three point one four and point five
            -5                                | minus five
            7-5, 5 - 3; 2 -1                  | seven to five , five to three , two minus one
            50% or 12.5 %                     | fifty percent or twelve point five percent
            $3.50                             | three dollars and fifty cents
            $1                                | one dollar
            $0.99                             | ninety nine cents
            £1.01                             | one pound and one penny
            €20                               | twenty euros
            ¥300                              | three hundred yen
            $3.5 million                      | three point five million dollars
            -$1,000                           | minus one thousand dollars
            10:30                             | ten thirty
            10:00                             | ten o'clock
            10:05 pm                          | ten oh five P M
            7 a.m. today                      | seven A M today
            2026-11-30                        | november thirtieth , twenty twenty six
            30/11/2026                        | november thirtieth , twenty twenty six
            12/25/2026                        | december twenty fifth , twenty twenty six
            Nov. 30                           | november thirtieth
            November 30th, 2026               | november thirtieth , twenty twenty six
            30 Nov 2026                       | the thirtieth of november twenty twenty six
            May 2020                          | may twenty twenty
            in 1984                           | in nineteen eighty four
            in 1900, 2000 and 2006.           | in nineteen hundred , two thousand and two thousand six .
            the 1980s and '90s                | the nineteen eighties and nineties
            555-1234                          | five five five , one two three four
            (212) 555-1234                    | two one two , five five five , one two three four
            007                               | zero zero seven
            12345678901234567890              | one two three four five six seven eight nine zero one two three four five six seven eight nine zero
            3/4 and 1/2                       | three quarters and one half
            10-20 km                          | ten to twenty kilometers
            1 kg                              | one kilogram
            20 °C                             | twenty degrees celsius
            100 km/h                          | one hundred kilometers per hour
            v1.2.3                            | V one point two point three
            No. 7, p. 12                      | number seven , page twelve
            Dr. Smith                         | doctor smith
            Mr. and Mrs. Jones                | mister and missus jones
            St. Mary St.                      | saint mary street
            e.g. this, i.e. that, etc.        | for example this , that is that , et cetera
            Henry VIII                        | henry the eighth
            Chapter IV                        | chapter four
            World War II                      | world war two
            I did                             | I did
            Vitamin C                         | vitamin C
            USB of IBM                        | U S B of I B M
            NASA                              | nasa
            STOP AND GO                       | stop and go
            the U.S. law                      | the U S law
            J. R. Smith                       | J R smith
            mp3                               | mp three
            me@example.com                    | me at example dot com
            www.elbo.dev/docs                 | W W W dot elbo dot dev slash docs
            salt & pepper + 1                 | salt and pepper plus one
            "Well" (he said) — no!            | well , he said , no .
            rock ’n’ roll                     | rock 'n roll
            ２ ｄｏｇｓ                       | two dogs
            """)
    void whatIsNoWordIsReadAsItIsSaid(String written, String said) {
        assertThat(ENGLISH.utterance(written).words()).isEqualTo(said);
        assertThat(ENGLISH.utterance(written).leftOut()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, Z IH1 R OW0",
        "1, W AH1 N",
        "2, T UW1",
        "3, TH R IY1",
        "4, F AO1 R",
        "5, F AY1 V",
        "6, S IH1 K S",
        "7, S EH1 V AH0 N",
        "8, EY1 T",
        "9, N AY1 N",
        "hello, HH AH0 L OW1",
        "the, DH AH0",
        "don't, D OW1 N T",
        "isn't, IH1 Z AH0 N T",
        "we'll, W IY1 AH0 L",
        "dog's, D AO1 G Z",
        "cat's, K AE1 T S",
        "horse's, HH AO1 R S AH0 Z",
        "well-known, W EH1 L N OW1 N",
        "A-team, EY1 T IY1 M",
        "cafe, K AH0 F EY1",
        "café, K AH0 F EY1",
        "elbo, EH1 L B OW0",
        "variational, V EH1 R IY0 EY1 SH AH0 N AH0 L",
        "xkcd, EH1 K S K EY1 S IY1 D IY1",
        "B, B IY1",
    })
    void wordsAreOfTheLexiconOrOfItsRules(String word, String phones) {
        assertThat(phones(word)).isEqualTo("sil " + phones + " sil");
    }

    @Test
    void allPhonesOfTheLexiconAreInTheInventory() {
        assertThat(ENGLISH.inventory())
                .hasSize(24 + 3 * 15 + 2)
                .containsAll(
                        ENGLISH.phones("The quick brown fox jumps over the lazy dog, measure oil, church, think now."));
    }

    @Test
    void sentencesArePartedBySilenceAndTheirPartsByAPause() {
        assertThat(phones("Go, go. Go")).isEqualTo("sil G OW1 pau G OW1 sil G OW1 sil");
        assertThat(phones("... Go?!")).isEqualTo("sil G OW1 sil");
        assertThat(phones(", go ,")).isEqualTo("sil G OW1 sil");
    }

    @Test
    void phonesBetweenBracesAreTakenAsTheyAre() {
        assertThat(phones("{HH AH0 L OW1} B")).isEqualTo("sil HH AH0 L OW1 B IY1 sil");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENGLISH.phones("go {HH OH}"))
                .withMessageStartingWith(
                        "the braces at 3 have 'OH', which is no phone of the language 'en'; write phones as"
                                + " in {HH AH0 L OW1}; there are AA0 AA1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENGLISH.phones("{ }"))
                .withMessageStartingWith("there are no phones between the braces at 0");
    }

    @Test
    void whatHasNoSoundIsToldWithItsPlace() {
        Utterance utterance = ENGLISH.utterance("hello 世界 😀");

        assertThat(utterance.words()).isEqualTo("hello");
        assertThat(utterance.leftOut()).containsExactly(new LeftOut("世界", 6), new LeftOut("😀", 9));
        assertThat(utterance.phones("?")).endsWith("OW1", "?", "?", "sil");
    }

    @Test
    void aTextWithNothingToPronounceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENGLISH.phones(" … "))
                .withMessage("there is nothing to pronounce in ' … '; give words or numbers of the language English");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENGLISH.phones("你好"))
                .withMessage(
                        "there is nothing to pronounce in '你好'; the language 'en' has no sound for '你好' at 0; give words"
                                + " or numbers of the language English");
        assertThat(ENGLISH.utterance("").phones()).isEmpty();
    }

    @Test
    void placesAreThoseOfTheWrittenText() {
        assertThat(ENGLISH.utterance("Pay $20 now").spoken().stream().map(Spoken::at))
                .containsExactly(0, 4, 4, 8);
    }

    @Test
    void aLexiconOfOnesOwnComesFirst() {
        Lexicon own = Lexicon.parse("own.txt", "# names\n\nElbo  EH1 L B OW2\nTHE DH IY1\n");
        Pronunciation mine = Pronunciation.of("en", own);

        assertThat(mine.phones("the elbo")).containsExactly("sil", "DH", "IY1", "EH1", "L", "B", "OW2", "sil");
        assertThat(Lexicon.parse("again", own.content())).isEqualTo(own);
    }

    @Test
    void whatIsWrongWithALexiconIsToldByItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lexicon.parse("own.txt", "elbo EH1\nword"))
                .withMessage(
                        "own.txt, line 2: a word and its phones were expected, as in 'Elbo EH1 L B OW0'; got 'word'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lexicon.parse("own.txt", "elbo EH1\nElbo EH1"))
                .withMessage("own.txt, line 2: 'elbo' stands in line 1 already; keep one of both");
        Lexicon wrong = Lexicon.parse("own.txt", "\nelbo EH1 QQ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pronunciation.of("en", wrong))
                .withMessageStartingWith(
                        "own.txt, line 2: 'elbo': its phones have 'QQ', which is no phone of the language 'en'");
    }

    @Test
    void aLanguageIsOneOfThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pronunciation.of("xx"))
                .withMessageStartingWith("unknown language 'xx'; choose one of en, zh, ru, pinyin");
        assertThat(Pronunciation.languages()).isEqualTo(List.of("en", "zh", "ru", "pinyin"));
    }
}
