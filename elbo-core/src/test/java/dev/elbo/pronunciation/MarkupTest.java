package dev.elbo.pronunciation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.pronunciation.Markup.Pause;
import dev.elbo.pronunciation.Markup.Said;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkupTest {
    private static final Pronunciation ENGLISH = Pronunciation.of("en");

    private static Segment segment(String phones, double rate, double semitones, double pause) {
        return new Segment(List.of(phones.split(" ")), rate, semitones, pause);
    }

    private static List<Segment> segments(String text) {
        return Markup.parse(text).read(ENGLISH).segments();
    }

    @Test
    void aTextWithoutTagsIsAllOne() {
        assertThat(Markup.parse("a < b").parts()).containsExactly(new Said("a < b", 1, 0));
        assertThat(segments("two, 2")).containsExactly(segment("sil T UW1 pau T UW1 sil", 1, 0, 0));
    }

    @Test
    void tagsSayHowAndWhenSomethingIsSaid() {
        assertThat(Markup.parse("<speak>go <break time=\"300ms\"/><prosody rate=\"80%\" pitch=\"+2st\">on"
                                + " <prosody rate=\"0.5\">&amp; on</prosody></prosody><break time='1.5s'/></speak>")
                        .parts())
                .containsExactly(
                        new Said("go ", 1, 0),
                        new Pause(0.3),
                        new Said("on ", 0.8, 2),
                        new Said("& on", 0.4, 2),
                        new Pause(1.5));
    }

    @Test
    void silenceStandsAtTheEndsOfAStretchAlone() {
        assertThat(segments("go <prosody rate=\"2\">two</prosody> 2<break time=\"1s\"/><break time=\"1s\"/>go"))
                .containsExactly(
                        segment("sil G OW1", 1, 0, 0),
                        segment("T UW1", 2, 0, 0),
                        segment("T UW1 sil", 1, 0, 2),
                        segment("sil G OW1 sil", 1, 0, 0));
    }

    @Test
    void aPauseBeforeAllElseIsASegmentWithoutPhones() {
        assertThat(segments("<break time=\"1s\"/>go"))
                .containsExactly(new Segment(List.of(), 1, 0, 1), segment("sil G OW1 sil", 1, 0, 0));
    }

    @Test
    void phonesAndOtherWordsAreSaidInPlaceOfWhatIsWritten() {
        assertThat(segments("<phoneme alphabet=\"x-arpabet\" ph=\"G OW1\">Gough</phoneme> <sub alias=\"two\">II</sub>"))
                .containsExactly(segment("sil G OW1 T UW1 sil", 1, 0, 0));
    }

    @Test
    void aWordIsOneThoughATagIsInIt() {
        assertThat(segments("g<prosody pitch=\"+1st\">o</prosody>")).containsExactly(segment("sil G OW1 sil", 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"x-slow, 0.5", "fast, 1.25", "80%, 0.8", "+10%, 1.1", "-50%, 0.5", "1.5, 1.5"})
    void ratesAreFactors(String written, double factor) {
        assertThat(Prosody.rate(written)).isEqualTo(factor, within(1e-15)); // of rounding 1 + 0.1
    }

    @ParameterizedTest
    @CsvSource({"+2st, 2", "-1.5st, -1.5", "high, 2", "+100%, 12", "-50%, -12"})
    void pitchesAreSemitones(String written, double semitones) {
        assertThat(Prosody.semitones(written)).isEqualTo(semitones, within(1e-14)); // of rounding logarithms
    }

    @Test
    void whatIsLeftOutHasItsPlaceInTheTextWithoutTags() {
        Markup markup = Markup.parse("go<break/> 世 <prosody rate=\"slow\">go 界</prosody>");

        assertThat(markup.text()).isEqualTo("go  世 go 界");
        assertThat(markup.read(ENGLISH).leftOut()).containsExactly(new LeftOut("世", 4), new LeftOut("界", 9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            go <brake/>                          | line 1, column 4: <brake>: unknown tag; known: <break>, <phoneme>, <prosody>, <speak>, <sub>
            <break time="3"/>                    | line 1, column 1: <break>: time="3" is no time; write 300ms or 0.3s
            <break time="-3s"/>                  | line 1, column 1: <break>: time="-3s" is no time; write 300ms or 0.3s
            <break time="2h"/>                   | line 1, column 1: <break>: time="2h" is no time; write 300ms or 0.3s
            <break time="999s"/>                 | line 1, column 1: <break>: time="999s": a pause is of 60s at most
            <break size="3"/>                    | line 1, column 1: <break>: unknown attribute 'size'; known: time, strength
            <break strength="big"/>              | line 1, column 1: <break>: strength="big" is unknown; known: medium, none, strong, weak, x-strong, x-weak
            <prosody>go</prosody>                | line 1, column 1: <prosody>: says nothing; give rate="80%" or pitch="+2st"
            <prosody rate="quick">go</prosody>   | line 1, column 1: <prosody>: rate="quick" is no rate; write 80%, +10%, 0.8, or one of x-slow, slow, medium, fast, x-fast
            <prosody rate="0%">go</prosody>      | line 1, column 1: <prosody>: rate="0%": a rate is from 20% to 500%
            <prosody pitch="200Hz">go</prosody>  | line 1, column 1: <prosody>: pitch="200Hz" is no pitch; write +2st, -10%, or one of x-low, low, medium, high, x-high
            <prosody pitch="-100%">go</prosody>  | line 1, column 1: <prosody>: pitch="-100%": a pitch is from -24st to +24st
            <phoneme ph="G">go</phoneme>         | line 1, column 1: <phoneme>: alphabet="…" is missing
            <phoneme alphabet="ipa" ph="g">go</phoneme> | line 1, column 1: <phoneme>: alphabet="ipa" is unknown; known: x-arpabet, x-pinyin
            <sub>go</sub>                        | line 1, column 1: <sub>: alias="…" is missing
            <sub alias="go"><break/></sub>       | line 1, column 17: <break>: stands in <sub>, whose content is replaced; put it behind that
            go </prosody>                        | line 1, column 4: a tag is closed that was not opened; leave it out, or open it before
            <?php go?>                           | line 1, column 1: <?php?> is not taken; leave it out
            """)
    void whatATagCannotSayIsToldWithItsPlace(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Markup.parse(text))
                .withMessage(message);
    }

    @Test
    void aTagThatIsNotClosedIsToldWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Markup.parse("one\n<prosody rate=\"slow\">two"))
                .withMessageMatching("line 2, column \\d+: .*\"prosody\" must be terminated .*");
    }

    /** Texts that are made to do harm: they are refused, and nothing is looked at or unfolded. */
    @ParameterizedTest
    @MethodSource("hostile")
    void harmfulTextIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Markup.parse(text))
                .withMessageContaining(message);
    }

    static Stream<Arguments> hostile() {
        String laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
        return Stream.of(
                Arguments.of("<?xml version=\"1.0\"?>" + laughs + "<speak>&c;</speak>", "<!DOCTYPE> is not taken"),
                Arguments.of(
                        "<?xml version=\"1.0\"?><!DOCTYPE s SYSTEM \"file:///etc/passwd\"><speak/>",
                        "<!DOCTYPE> is not taken"),
                Arguments.of("<speak>&c;</speak>", "\"c\" was referenced, but not declared"),
                Arguments.of("<break/>" + "x".repeat(100_000), "has 100000 characters at most"),
                Arguments.of("<speak>".repeat(5_000), "stands in 20 other tags, which is the most"));
    }

    @Test
    void aTextOfTagsAloneHasNothingToPronounce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Markup.parse("<break/>").read(ENGLISH))
                .withMessageStartingWith("there is nothing to pronounce");
    }
}
