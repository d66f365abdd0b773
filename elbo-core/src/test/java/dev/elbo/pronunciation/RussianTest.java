package dev.elbo.pronunciation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RussianTest {
    private static final Pronunciation RUSSIAN = Pronunciation.of("ru");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 км, 2 км, 5 км, 21 км    | один километр , два километра , пять километров , двадцать один километр
            2 т, 1 мин                 | две тонны , одна минута
            3,14 и 0.1                 | три целых четырнадцать сотых и ноль целых одна десятая
            1,5 л                      | одна целая пять десятых литра
            1 000 000                  | один миллион
            -5 °C                      | минус пять градусов цельсия
            50%, 1 %                   | пятьдесят процентов , один процент
            100 ₽, $2, 5 руб.          | сто рублей , два доллара , пять рублей
            30.11.2026                 | тридцатое ноября две тысячи двадцать шестого года
            2026-11-30                 | тридцатое ноября две тысячи двадцать шестого года
            30 ноября                  | тридцатое ноября
            1984 год                   | тысяча девятьсот восемьдесят четвёртый год
            в 1984 году                | в тысяча девятьсот восемьдесят четвёртом году
            10:30, 10:05               | десять тридцать , десять ноль пять
            1-й, 2-я                   | первый , вторая
            007                        | ноль ноль семь
            +7 (495) 123-45-67         | семь четыре девять пять один два три четыре пять шесть семь
            т.е. и т.д.                | то есть и так далее
            СССР                       | эс эс эс эр
            № 5                        | номер пять
            """)
    void whatIsNoWordIsReadAsItIsSaid(String written, String said) {
        assertThat(RUSSIAN.utterance(written).words()).isEqualTo(said);
        assertThat(RUSSIAN.utterance(written).leftOut()).isEmpty();
    }

    @Test
    void aLetterIsAPhoneAndSoAreTheHardAndTheSoftSign() {
        assertThat(String.join(" ", RUSSIAN.phones("Подъезд, пять!"))).isEqualTo("sil п о д ъ е з д pau п я т ь sil");
        assertThat(RUSSIAN.inventory()).hasSize(33 + 2);
    }

    @Test
    void aMarkOfStressIsNoLetterAndWrittenPartsOfLettersAreJoined() {
        assertThat(RUSSIAN.phones("за\u0301мок")).containsExactly("sil", "з", "а", "м", "о", "к", "sil");
        assertThat(RUSSIAN.phones("и\u0306")).containsExactly("sil", "й", "sil");
    }

    @Test
    void wordsInLatinLettersAreToldWithTheirPlaces() {
        assertThat(RUSSIAN.utterance("мир hello").leftOut()).containsExactly(new LeftOut("hello", 4));
    }
}
