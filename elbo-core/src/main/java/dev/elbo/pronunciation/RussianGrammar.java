package dev.elbo.pronunciation;

import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How Russian reads numbers, dates, sums, units and abbreviations. Words in Latin letters are left out. */
final class RussianGrammar {
    private static final Numerals NUMERALS = new Numerals("ru", "%spellout-cardinal-masculine", " ");
    private static final PluralRules PLURALS = PluralRules.forLocale(new ULocale("ru"));
    private static final String FEMININE = "%spellout-cardinal-feminine";
    private static final String ORDINAL = "%spellout-ordinal-";

    private static final List<String> MONTHS = List.of(
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря");

    /**
     * Something that is counted.
     *
     * @param one of 1, 21, 31
     * @param few of 2 to 4, and of a part
     * @param many of others
     */
    private record Counted(String one, String few, String many, boolean isFeminine) {
        static Counted parse(String forms) {
            String[] form = forms.split(" ", -1);
            return new Counted(form[0], form[1], form[2], form.length > 3);
        }

        String of(String digits) {
            return switch (PLURALS.select(Double.parseDouble(digits))) {
                case "one" -> one;
                case "few" -> few;
                default -> many;
            };
        }
    }

    /** The forms of 1, of 2, of 5; then whether they are feminine. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("км/ч", "километр_в_час километра_в_час километров_в_час"),
            Map.entry("км", "километр километра километров"),
            Map.entry("м", "метр метра метров"),
            Map.entry("см", "сантиметр сантиметра сантиметров"),
            Map.entry("мм", "миллиметр миллиметра миллиметров"),
            Map.entry("кг", "килограмм килограмма килограммов"),
            Map.entry("г", "грамм грамма граммов"),
            Map.entry("т", "тонна тонны тонн f"),
            Map.entry("л", "литр литра литров"),
            Map.entry("мл", "миллилитр миллилитра миллилитров"),
            Map.entry("ч", "час часа часов"),
            Map.entry("мин", "минута минуты минут f"),
            Map.entry("с", "секунда секунды секунд f"),
            Map.entry("Гц", "герц герца герц"),
            Map.entry("°C", "градус_цельсия градуса_цельсия градусов_цельсия"),
            Map.entry("°С", "градус_цельсия градуса_цельсия градусов_цельсия"),
            Map.entry("℃", "градус_цельсия градуса_цельсия градусов_цельсия"),
            Map.entry("°", "градус градуса градусов"),
            Map.entry("%", "процент процента процентов"),
            Map.entry("₽", "рубль рубля рублей"),
            Map.entry("руб.", "рубль рубля рублей"),
            Map.entry("$", "доллар доллара долларов"),
            Map.entry("€", "евро евро евро"),
            Map.entry("£", "фунт фунта фунтов"),
            Map.entry("¥", "иена иены иен f"),
            Map.entry("тыс.", "тысяча тысячи тысяч f"),
            Map.entry("млн", "миллион миллиона миллионов"),
            Map.entry("млрд", "миллиард миллиарда миллиардов"));

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("и т.д.", "и так далее"),
            Map.entry("и т. д.", "и так далее"),
            Map.entry("и т.п.", "и тому подобное"),
            Map.entry("и т. п.", "и тому подобное"),
            Map.entry("и др.", "и другие"),
            Map.entry("т.е.", "то есть"),
            Map.entry("т. е.", "то есть"),
            Map.entry("т.к.", "так как"),
            Map.entry("т. к.", "так как"),
            Map.entry("напр.", "например"),
            Map.entry("ул.", "улица"),
            Map.entry("д.", "дом"),
            Map.entry("им.", "имени"),
            Map.entry("см.", "смотри"),
            Map.entry("стр.", "страница"));

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("+", "плюс"),
            Map.entry("=", "равно"),
            Map.entry("&", "и"),
            Map.entry("№", "номер"),
            Map.entry("%", "процент"),
            Map.entry("×", "умножить на"),
            Map.entry("÷", "разделить на"),
            Map.entry("±", "плюс минус"),
            Map.entry("°", "градус"),
            Map.entry("/", "дробь"),
            Map.entry("*", "звёздочка"),
            Map.entry("@", "собака"),
            Map.entry("₽", "рубль"),
            Map.entry("$", "доллар"),
            Map.entry("€", "евро"));

    /** The names of letters, where a row of them has no vowel. */
    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry('б', "бэ"),
            Map.entry('в', "вэ"),
            Map.entry('г', "гэ"),
            Map.entry('д', "дэ"),
            Map.entry('ж', "жэ"),
            Map.entry('з', "зэ"),
            Map.entry('й', "й"),
            Map.entry('к', "ка"),
            Map.entry('л', "эл"),
            Map.entry('м', "эм"),
            Map.entry('н', "эн"),
            Map.entry('п', "пэ"),
            Map.entry('р', "эр"),
            Map.entry('с', "эс"),
            Map.entry('т', "тэ"),
            Map.entry('ф', "эф"),
            Map.entry('х', "ха"),
            Map.entry('ц', "цэ"),
            Map.entry('ч', "че"),
            Map.entry('ш', "ша"),
            Map.entry('щ', "ща"));

    private static final String FIRST = "(?<![\\d.,])";
    private static final String LATER = "(?![\\p{L}\\d])";
    private static final String WHOLE = "(\\d{1,3}(?: \\d{3})+(?!\\d)|\\d+)";
    private static final String NUMBER = WHOLE + "(?:[.,](\\d+))?";
    private static final String MONTH = "(" + String.join("|", MONTHS) + ")";
    private static final String LETTER = "(?<![\\p{L}\\p{M}])";

    private static final Grammar GRAMMAR = signs(words(numbers(dates(new Grammar()))));

    private RussianGrammar() {}

    /** A text as Russian reads it. */
    static List<Token> tokens(String text) {
        return GRAMMAR.tokens(text);
    }

    private static Grammar dates(Grammar grammar) {
        return grammar.reads(
                        FIRST + "(\\d{4})-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\\d|3[01])" + LATER,
                        date -> date(date.group(3), date.group(2), date.group(1)))
                .reads(
                        FIRST + "(0?[1-9]|[12]\\d|3[01])([./])(0?[1-9]|1[0-2])\\2(\\d{4})" + LATER,
                        date -> date(date.group(1), date.group(3), date.group(4)))
                .reads(
                        FIRST + "(\\d{1,2}) " + MONTH + "(?: (\\d{4})(?: года| г\\.)?)?" + LATER,
                        date -> ordinal(date.group(1), "neuter") + " " + date.group(2)
                                + (date.group(3) == null
                                        ? ""
                                        : " " + ordinal(date.group(3), "masculine-genitive") + " года"))
                .reads(FIRST + "(\\d{4}) (год|г\\.)" + LATER, year -> ordinal(year.group(1), "masculine") + " год")
                .reads(FIRST + "(\\d{4}) года" + LATER, year -> ordinal(year.group(1), "masculine-genitive") + " года")
                .reads(
                        FIRST + "(\\d{4}) году" + LATER,
                        year -> ordinal(year.group(1), "masculine-prepositional") + " году")
                .reads(FIRST + "([01]?\\d|2[0-4]):([0-5]\\d)" + LATER, RussianGrammar::time);
    }

    private static Grammar numbers(Grammar grammar) {
        return grammar.reads(
                        FIRST + "(?:\\+?\\d[ -]?)?\\(?\\d{3}\\)?[ -]\\d{3}[ -]\\d{2}[ -]\\d{2}" + LATER,
                        number -> NUMERALS.digits(number.group().replaceAll("\\D", "")))
                .reads("([$€£¥₽]) ?" + NUMBER, sum -> counted(sum.group(2), sum.group(3), sum.group(1)))
                .reads("(?<![\\d\\p{L})])-(?=\\d)", "минус")
                .reads(FIRST + "(\\d+)-(й|я|е|го|м)" + LATER, RussianGrammar::ordinal)
                .reads(
                        NUMBER + " ?" + Grammar.anyOf(UNITS.keySet()) + LATER,
                        number -> counted(number.group(1), number.group(2), number.group(3)))
                .reads(WHOLE + "[.,](\\d+)", number -> decimal(number.group(1), number.group(2)))
                .reads("0\\d+|\\d{12,}", number -> NUMERALS.digits(number.group()))
                .reads(WHOLE, number -> cardinal(number.group(1)));
    }

    private static Grammar words(Grammar grammar) {
        return grammar.reads(
                        LETTER + Grammar.anyOf(ABBREVIATIONS.keySet()),
                        begun -> ABBREVIATIONS.getOrDefault(begun.group(1), ""))
                .reads(LETTER + "[БВГДЖЗЙКЛМНПРСТФХЦЧШЩ]{2,}(?![\\p{L}\\p{M}])", letters -> names(letters.group()))
                .reads(
                        "\\p{IsCyrillic}[\\p{IsCyrillic}\\p{M}]*+(?:-\\p{IsCyrillic}[\\p{IsCyrillic}\\p{M}]*+)*+",
                        word -> lower(word.group()));
    }

    private static Grammar signs(Grammar grammar) {
        SIGNS.forEach((sign, words) -> grammar.reads(Pattern.quote(sign), words));
        return Punctuation.of(grammar);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static String names(String letters) {
        return lower(letters)
                .chars()
                .mapToObj(letter -> NAMES.getOrDefault((char) letter, ""))
                .collect(Collectors.joining(" "));
    }

    private static String plain(String digits) {
        return digits.replace(" ", "");
    }

    private static String cardinal(String digits) {
        return NUMERALS.cardinal(plain(digits));
    }

    private static String ordinal(String digits, String form) {
        return NUMERALS.said(digits, ORDINAL + form).replace("четверт", "четвёрт");
    }

    private static String ordinal(MatchResult number) {
        String form = switch (number.group(2)) {
            case "я" -> "feminine";
            case "е" -> "neuter";
            case "го" -> "masculine-genitive";
            case "м" -> "masculine-prepositional";
            default -> "masculine";
        };
        return ordinal(number.group(1), form);
    }

    private static String date(String day, String month, String year) {
        return ordinal(day, "neuter") + " " + MONTHS.get(Integer.parseInt(month) - 1) + " "
                + ordinal(year, "masculine-genitive") + " года";
    }

    private static String time(MatchResult time) {
        String minutes = time.group(2);
        return cardinal(time.group(1)) + " "
                + (minutes.startsWith("0") ? "ноль " + cardinal(minutes.substring(1)) : cardinal(minutes));
    }

    private static String counted(String whole, @Nullable String decimals, String unit) {
        Counted counted = Counted.parse(UNITS.getOrDefault(unit, ""));
        String digits = plain(whole);
        String said = decimals == null
                ? (counted.isFeminine() ? NUMERALS.said(digits, FEMININE) : cardinal(digits)) + " " + counted.of(digits)
                : decimal(whole, decimals) + " " + counted.few();
        return said.replace('_', ' ');
    }

    /** "три целых четырнадцать сотых" of 3,14; more than three decimals are said one by one. */
    private static String decimal(String whole, String decimals) {
        if (decimals.length() > 3) {
            return cardinal(whole) + " запятая " + NUMERALS.digits(decimals);
        }
        String digits = plain(whole);
        String part = List.of("десят", "сот", "тысячн").get(decimals.length() - 1);
        return NUMERALS.said(digits, FEMININE) + (isOne(digits) ? " целая " : " целых ")
                + NUMERALS.said(decimals, FEMININE) + " " + part + (isOne(decimals) ? "ая" : "ых");
    }

    private static boolean isOne(String digits) {
        return PLURALS.select(Double.parseDouble(digits)).equals("one");
    }
}
