package dev.elbo.pronunciation;

import dev.elbo.pronunciation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Mandarin reads numbers, dates, sums and units: in Chinese characters. Words in Latin letters are read as English has them. */
final class MandarinGrammar {
    private static final Numerals NUMERALS = new Numerals("zh", "%spellout-cardinal", "");

    private static final String HUNDREDS = "%spellout-cardinal-alternate2"; // 两百, but 二 and 十二

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("km/h", "公里每小时"),
            Map.entry("km²", "平方公里"),
            Map.entry("km", "公里"),
            Map.entry("cm", "厘米"),
            Map.entry("mm", "毫米"),
            Map.entry("m²", "平方米"),
            Map.entry("m", "米"),
            Map.entry("kg", "公斤"),
            Map.entry("mg", "毫克"),
            Map.entry("g", "克"),
            Map.entry("ml", "毫升"),
            Map.entry("L", "升"),
            Map.entry("Hz", "赫兹"),
            Map.entry("kHz", "千赫"),
            Map.entry("MHz", "兆赫"),
            Map.entry("°C", "摄氏度"),
            Map.entry("℃", "摄氏度"),
            Map.entry("°", "度"));

    private static final Map<String, String> CURRENCIES = Map.of("¥", "元", "$", "美元", "€", "欧元", "£", "英镑");

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("+", "加"),
            Map.entry("=", "等于"),
            Map.entry("&", "和"),
            Map.entry("@", "at"),
            Map.entry("#", "井号"),
            Map.entry("%", "百分号"),
            Map.entry("×", "乘"),
            Map.entry("÷", "除以"),
            Map.entry("±", "正负"),
            Map.entry("°", "度"),
            Map.entry("/", "斜杠"),
            Map.entry("*", "星号"),
            Map.entry("_", "下划线"),
            Map.entry("<", "小于"),
            Map.entry(">", "大于"),
            Map.entry("$", "美元"),
            Map.entry("¥", "元"),
            Map.entry("€", "欧元"),
            Map.entry("£", "英镑"));

    private static final String FIRST = "(?<![\\d.])";
    private static final String LATER = "(?![\\d])";
    private static final String WHOLE = "(\\d{1,3}(?:,\\d{3})+|\\d+)";
    private static final String NUMBER = WHOLE + "(?:\\.(\\d+))?";
    private static final Pattern HANZI = Pattern.compile("[\\x{3400}-\\x{9fff}〇]");

    private static final Grammar GRAMMAR =
            signs(EnglishGrammar.words(numbers(dates(EnglishGrammar.addresses(new Grammar())))));

    private MandarinGrammar() {}

    /** A text as Mandarin reads it: characters beside each other are one word, whatever they stand for. */
    static List<Token> tokens(String text) {
        List<Token> joined = new ArrayList<>();
        for (Token token : GRAMMAR.tokens(text)) {
            int last = joined.size() - 1;
            if (last >= 0 && areOne(joined.get(last), token)) {
                Token before = joined.get(last);
                joined.set(last, new Token(Kind.WORD, before.text() + token.text(), before.at(), token.end()));
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    private static boolean areOne(Token before, Token token) {
        return isChinese(before) && isChinese(token) && before.end() >= token.at();
    }

    private static boolean isChinese(Token token) {
        return token.kind() == Kind.WORD && isChinese(token.text());
    }

    /** Whether a word is of Chinese characters: it is of them alone, or of none. */
    static boolean isChinese(String word) {
        return HANZI.matcher(word).lookingAt();
    }

    private static Grammar dates(Grammar grammar) {
        return grammar.reads(
                        FIRST + "(\\d{4})([-/.])(0?[1-9]|1[0-2])\\2(0?[1-9]|[12]\\d|3[01])" + LATER,
                        date -> date(date.group(1), date.group(3), date.group(4)))
                .reads(
                        FIRST + "(0?[1-9]|[12]\\d|3[01])/(0?[1-9]|1[0-2])/(\\d{4})" + LATER,
                        date -> date(date.group(3), date.group(2), date.group(1)))
                .reads(FIRST + "(\\d{4})(?=年)", year -> digits(year.group(1)))
                .reads(FIRST + "([01]?\\d|2[0-4]):([0-5]\\d)(?::([0-5]\\d))?" + LATER, MandarinGrammar::time);
    }

    private static Grammar numbers(Grammar grammar) {
        return grammar.reads(
                        FIRST + "(?:\\+?86[- ]?)?1[3-9]\\d(?:[- ]?\\d{4}){2}" + LATER + "|" + FIRST
                                + "0\\d{2,3}-\\d{7,8}" + LATER,
                        MandarinGrammar::telephone)
                .reads("-?([$£€¥]) ?" + NUMBER + "([万亿]?)", MandarinGrammar::sum)
                .reads("-" + NUMBER + " ?(°C|℃)", cold -> "零下" + number(cold.group(1), cold.group(2)) + "摄氏度")
                .reads("(?<![\\d\\p{L})])-(?=\\d)", "负")
                .reads("(?<=[\\d%])(?: [-–~] |[-–~])(?=\\d)", "到")
                .reads(NUMBER + " ?%", percent -> "百分之" + number(percent.group(1), percent.group(2)))
                .reads(
                        FIRST + "(\\d{1,2})/([2-9]|\\d{2})(?![\\d/])",
                        part -> cardinal(part.group(2)) + "分之" + cardinal(part.group(1)))
                .reads(
                        NUMBER + " ?" + Grammar.anyOf(UNITS.keySet()) + "(?![\\p{IsLatin}\\d])",
                        quantity -> counted(quantity) + UNITS.getOrDefault(quantity.group(3), ""))
                .reads(WHOLE + "\\.(\\d+)", number -> number(number.group(1), number.group(2)))
                .reads("0\\d+|\\d{12,}", number -> digits(number.group()))
                .reads(FIRST + "2(?=[个位只条张本件台辆块天年次种岁点百千万亿名家座把杯])", "两")
                .reads(WHOLE, number -> cardinal(number.group(1)));
    }

    private static Grammar signs(Grammar grammar) {
        grammar.reads("[\\x{3400}-\\x{9fff}〇]", hanzi -> hanzi.group(), hanzi -> Hanzi.isKnown(hanzi.charAt(0)));
        SIGNS.forEach((sign, words) -> grammar.reads(Pattern.quote(sign), words));
        return Punctuation.of(grammar);
    }

    private static String cardinal(String digits) {
        String plain = digits.replace(",", "");
        String said = plain.length() > 2 ? NUMERALS.said(plain, HUNDREDS) : NUMERALS.cardinal(plain);
        return said.replace('〇', '零');
    }

    private static String digits(String digits) {
        return NUMERALS.digits(digits).replace('〇', '零');
    }

    private static String number(String whole, @Nullable String decimals) {
        return cardinal(whole) + (decimals == null ? "" : "点" + digits(decimals));
    }

    private static String counted(MatchResult number) {
        boolean areTwo = number.group(1).equals("2") && number.group(2) == null;
        return areTwo ? "两" : number(number.group(1), number.group(2));
    }

    private static String date(String year, String month, String day) {
        return digits(year) + "年" + cardinal(month) + "月" + cardinal(day) + "日";
    }

    private static String time(MatchResult time) {
        String hour = time.group(1).matches("0?2") ? "两" : cardinal(time.group(1));
        String minute = time.group(2);
        String minutes = minute.equals("00") ? "" : (minute.startsWith("0") ? "零" : "") + cardinal(minute) + "分";
        return hour + "点" + minutes + (time.group(3) == null ? "" : cardinal(time.group(3)) + "秒");
    }

    /** A one is 幺, so that nobody takes it for a seven. */
    private static String telephone(MatchResult number) {
        return digits(number.group().replaceAll("\\D", "")).replace('一', '幺');
    }

    private static String sum(MatchResult sum) {
        String sign = sum.group().startsWith("-") ? "负" : "";
        String decimals = sum.group(3) == null ? "" : sum.group(3).replaceFirst("0+$", "");
        return sign
                + number(sum.group(2), decimals.isEmpty() ? null : decimals)
                + sum.group(4)
                + CURRENCIES.getOrDefault(sum.group(1), "");
    }
}
