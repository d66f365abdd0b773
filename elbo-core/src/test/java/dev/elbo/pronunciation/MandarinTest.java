package dev.elbo.pronunciation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MandarinTest {
    private static final Pronunciation MANDARIN = Pronunciation.of("zh");
    private static final Pronunciation PINYIN = Pronunciation.of("pinyin");

    private static String phones(Pronunciation pronunciation, String text) {
        return String.join(" ", pronunciation.phones(text));
    }

    /** Characters and pinyin without changes of tone are to sound alike. */
    @ParameterizedTest
    @CsvSource({
        "你好, ni2 hao3",
        "重庆, chong2 qing4",
        "重要, zhong4 yao4",
        "银行, yin2 hang2",
        "音乐, yin1 yue4",
        "快乐, kuai4 le4",
        "绿色, lv4 se4",
        "女儿, nv3 er2",
        "儿子, er2 zi5",
        "花儿, huar1",
        "玩儿, wanr2",
        "儿童, er2 tong2",
        "元, yuan2",
        "知道, zhi1 dao4",
        "一个, yi2 ge4",
        "一天, yi4 tian1",
        "一百一十一, yi4 bai3 yi1 shi2 yi1",
        "第一个, di4 yi1 ge4",
        "十一个, shi2 yi1 ge4",
        "一月一号, yi1 yue4 yi1 hao4",
        "看一看, kan4 yi5 kan4",
        "不对, bu2 dui4",
        "不好, bu4 hao3",
        "好不好, hao3 bu5 hao3",
        "我很好, wo2 hen2 hao3",
        "頭髮, tou2 fa4",
        "嗯, en2",
        "〇, ling2",
    })
    void charactersAreReadByTheirWordsAndTheirNeighbours(String written, String pinyin) {
        assertThat(phones(MANDARIN, written)).isEqualTo(phones(PINYIN, pinyin));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0, 2, 12, 22                  | 零 , 二 , 十二 , 二十二
            102, 110, 200, 2000, 12345    | 一百零二 , 一百一十 , 两百 , 两千 , 一万两千三百四十五
            1,234                         | 一千二百三十四
            3.14, 0.5                     | 三点一四 , 零点五
            -3, -5°C, 20 ℃                | 负三 , 零下五摄氏度 , 二十摄氏度
            50%, 12.5%                    | 百分之五十 , 百分之十二点五
            1/2                           | 二分之一
            ¥3.50, $20, 3.5亿             | 三点五元 , 二十美元 , 三点五亿
            10:30, 2:05, 8:00             | 十点三十分 , 两点零五分 , 八点
            2026-11-30                    | 二零二六年十一月三十日
            30/11/2026                    | 二零二六年十一月三十日
            2026年11月30日                | 二零二六年十一月三十日
            1984年                        | 一九八四年
            2个人, 2月                    | 两个人 , 二月
            3-5天                         | 三到五天
            第1名                         | 第一名
            13912345678                   | 幺三九幺二三四五六七八
            010-12345678                  | 零幺零幺二三四五六七八
            007                           | 零零七
            12km, 2 kg, 100km/h           | 十二公里 , 两公斤 , 一百公里每小时
            １２３                        | 一百二十三
            我用USB听music。              | 我用 U S B 听 music .
            """)
    void numbersAreReadInCharacters(String written, String said) {
        // 1,234 may have a 二 or a 两 in its hundreds: both are said
        assertThat(MANDARIN.utterance(written).words().replace("一千两百", "一千二百")).isEqualTo(said);
        assertThat(MANDARIN.utterance(written).leftOut()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lü4, l v tone4",
        "lǜ, l v tone4",
        "lv4, l v tone4",
        "lu:4, l v tone4",
        "nüe4, n ve tone4",
        "er2, er tone2",
        "yuan2, van tone2",
        "yue4, ve tone4",
        "yun2, vn tone2",
        "yu3, v tone3",
        "juan1, j van tone1",
        "qu4, q v tone4",
        "xun2, x vn tone2",
        "zhi1, zh iii tone1",
        "ri4, r iii tone4",
        "si4, s ii tone4",
        "yi1, i tone1",
        "wu3, u tone3",
        "you3, iou tone3",
        "liu2, l iou tone2",
        "wei4, uei tone4",
        "gui4, g uei tone4",
        "wen2, uen tone2",
        "lun2, l uen tone2",
        "weng1, ueng tone1",
        "yong4, iong tone4",
        "xiong2, x iong tone2",
        "ying1, ing tone1",
        "huar1, h ua rr tone1",
        "ma, m a tone5",
        "ma0, m a tone5",
        "MA5, m a tone5",
        "mǎ, m a tone3",
        "ng2, eng tone2",
    })
    void aSyllableIsItsConsonantItsFinalAndItsTone(String pinyin, String phones) {
        assertThat(phones(PINYIN, pinyin)).isEqualTo("sil " + phones + " sil");
    }

    @Test
    void theSyllablesOfPinyinMayTouchAndNoneChangesItsTone() {
        assertThat(phones(PINYIN, "ni3hao3, ma1 ma5."))
                .isEqualTo("sil n i tone3 h ao tone3 pau m a tone1 m a tone5 sil");
        assertThat(PINYIN.utterance("ma1 xyz 3 hello").leftOut())
                .containsExactly(new LeftOut("xyz", 4), new LeftOut("3", 8), new LeftOut("hello", 10));
    }

    @Test
    void noPhoneOfMandarinIsOneOfEnglish() {
        assertThat(PINYIN.inventory().stream().filter(phone -> phone.equals(phone.toUpperCase(Locale.ROOT))))
                .isEmpty();
        assertThat(MANDARIN.inventory())
                .containsAll(PINYIN.inventory())
                .containsAll(Pronunciation.of("en").inventory());
    }

    @Test
    void wordsOfAnotherLanguageAreReadAsThatLanguageHasThem() {
        assertThat(phones(MANDARIN, "我 OK, hello 你"))
                .isEqualTo("sil uo tone3 OW1 K EY1 pau HH AH0 L OW1 n i tone3 sil");
    }

    @Test
    void charactersWithoutASoundAreToldWithTheirPlaces() {
        assertThat(MANDARIN.utterance("好兙𠀀好").leftOut()).containsExactly(new LeftOut("兙𠀀", 1));
    }

    @Test
    void aLexiconOfOnesOwnComesFirstAndItsTonesStay() {
        Pronunciation own =
                Pronunciation.of("zh", Lexicon.parse("own.txt", "行长 hang2 zhang3\n好好 hao3 hao3\nelbo EH1 L\n"));

        assertThat(phones(own, "银行行长好")).isEqualTo(phones(PINYIN, "yin2 hang2 hang2 zhang3 hao3"));
        assertThat(phones(own, "好好")).isEqualTo(phones(PINYIN, "hao3 hao3"));
        assertThat(phones(own, "Elbo")).isEqualTo("sil EH1 L sil");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pronunciation.of("zh", Lexicon.parse("own.txt", "行长 h ang")))
                .withMessage(
                        "own.txt, line 1: '行长': 'h' is no syllable of pinyin; write those of a word as in hang2 zhang3");
    }

    @Test
    void bracesTakeSyllablesAndPhones() {
        assertThat(phones(MANDARIN, "{ni3 hao3}")).isEqualTo("sil n i tone3 h ao tone3 sil");
        assertThat(phones(MANDARIN, "{n i tone3}")).isEqualTo("sil n i tone3 sil");
    }
}
