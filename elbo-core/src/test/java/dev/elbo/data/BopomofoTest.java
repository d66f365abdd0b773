package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BopomofoTest {
    @ParameterizedTest
    @CsvSource({
        "ㄅㄚ, ba1",
        "ㄓ4, zhi4",
        "ㄙ3, si3",
        "ㄐㄧ2, ji2",
        "ㄐㄩㄢ3, juan3",
        "ㄒㄩㄝ2, xue2",
        "ㄑㄩㄥ2, qiong2",
        "ㄌㄩ4, lü4",
        "ㄋㄩㄝ4, nüe4",
        "ㄨㄥ, weng1",
        "ㄉㄨㄥ, dong1",
        "ㄉㄧㄡ, diu1",
        "ㄍㄨㄟ3, gui3",
        "ㄌㄨㄣ2, lun2",
        "ㄌㄜ1, le5",
        "ㄦ2, er2",
        "ㄧㄡ3, you3",
        "ㄩㄢ2, yuan2",
        "ㄨ3, wu3",
        "ㄢ, an1",
        "ㄅ, be1",
        "ㄖㄣ2, ren2"
    })
    void aSyllableIsWrittenInPinyinWithItsTone(String syllable, String pinyin) {
        assertThat(Bopomofo.pinyin(syllable)).isEqualTo(pinyin);
    }

    @Test
    void whatIsNoSyllableIsRefused() {
        for (String none : new String[] {"", "3", "ba1", "ㄅㄚ5"}) {
            assertThatIllegalArgumentException()
                    .as(none)
                    .isThrownBy(() -> Bopomofo.pinyin(none))
                    .withMessageContaining("is no syllable in Bopomofo");
        }
    }
}
