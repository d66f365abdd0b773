package dev.elbo.pronunciation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How English reads numbers, dates, sums, units, abbreviations, addresses and capital letters. */
final class EnglishGrammar {
    private static final Numerals NUMERALS = new Numerals("en", "%spellout-cardinal", " ");
    private static final String ORDINAL = "%spellout-ordinal";
    private static final String YEAR = "%spellout-numbering-year";

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("Mr", "mister"),
            Map.entry("Mrs", "missus"),
            Map.entry("Ms", "miz"),
            Map.entry("Dr", "doctor"),
            Map.entry("Prof", "professor"),
            Map.entry("Rev", "reverend"),
            Map.entry("Hon", "honorable"),
            Map.entry("Gen", "general"),
            Map.entry("Col", "colonel"),
            Map.entry("Capt", "captain"),
            Map.entry("Lt", "lieutenant"),
            Map.entry("Sgt", "sergeant"),
            Map.entry("Gov", "governor"),
            Map.entry("Sen", "senator"),
            Map.entry("Mt", "mount"),
            Map.entry("Ft", "fort"),
            Map.entry("St", "saint"));

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("St", "street"),
            Map.entry("Ave", "avenue"),
            Map.entry("Blvd", "boulevard"),
            Map.entry("Rd", "road"),
            Map.entry("Jr", "junior"),
            Map.entry("Sr", "senior"),
            Map.entry("Inc", "incorporated"),
            Map.entry("Ltd", "limited"),
            Map.entry("Corp", "corporation"),
            Map.entry("Co", "company"),
            Map.entry("Bros", "brothers"),
            Map.entry("Dept", "department"),
            Map.entry("etc", "et cetera"),
            Map.entry("vs", "versus"),
            Map.entry("approx", "approximately"),
            Map.entry("est", "established"),
            Map.entry("ca", "circa"),
            Map.entry("cf", "compare"),
            Map.entry("vol", "volume"),
            Map.entry("fig", "figure"),
            Map.entry("Fig", "figure"),
            Map.entry("dept", "department"),
            Map.entry("min", "minutes"),
            Map.entry("max", "maximum"));

    /** One and many. */
    private static final Map<String, List<String>> UNITS = Map.ofEntries(
            unit("km", "kilometer"),
            unit("m", "meter"),
            unit("cm", "centimeter"),
            unit("mm", "millimeter"),
            unit("mi", "mile"),
            unit("ft", "foot", "feet"),
            unit("kg", "kilogram"),
            unit("g", "gram"),
            unit("mg", "milligram"),
            unit("lb", "pound"),
            unit("lbs", "pound"),
            unit("oz", "ounce"),
            unit("l", "liter"),
            unit("L", "liter"),
            unit("ml", "milliliter"),
            unit("s", "second"),
            unit("ms", "millisecond"),
            unit("min", "minute"),
            unit("h", "hour"),
            unit("hr", "hour"),
            unit("hrs", "hour"),
            unit("Hz", "hertz", "hertz"),
            unit("kHz", "kilo-hertz", "kilo-hertz"),
            unit("MHz", "mega-hertz", "mega-hertz"),
            unit("GHz", "giga-hertz", "giga-hertz"),
            unit("W", "watt"),
            unit("kW", "kilowatt"),
            unit("V", "volt"),
            unit("dB", "decibel"),
            unit("kB", "kilobyte"),
            unit("KB", "kilobyte"),
            unit("MB", "megabyte"),
            unit("GB", "gigabyte"),
            unit("TB", "terabyte"),
            unit("°C", "degree celsius", "degrees celsius"),
            unit("℃", "degree celsius", "degrees celsius"),
            unit("°F", "degree fahrenheit", "degrees fahrenheit"),
            unit("°", "degree"),
            unit("mph", "mile per hour", "miles per hour"),
            unit("km/h", "kilometer per hour", "kilometers per hour"),
            unit("m/s", "meter per second", "meters per second"),
            unit("m²", "square meter"),
            unit("km²", "square kilometer"),
            unit("m³", "cubic meter"),
            unit("%", "percent", "percent"));

    /** One and many, then of its hundredths. */
    private static final Map<String, List<String>> CURRENCIES = Map.of(
            "$", List.of("dollar", "dollars", "cent", "cents"),
            "£", List.of("pound", "pounds", "penny", "pence"),
            "€", List.of("euro", "euros", "cent", "cents"),
            "¥", List.of("yen", "yen", "", ""));

    /** Signs that are said. */
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("&", "and"),
            Map.entry("+", "plus"),
            Map.entry("=", "equals"),
            Map.entry("@", "at"),
            Map.entry("#", "hash"),
            Map.entry("%", "percent"),
            Map.entry("*", "asterisk"),
            Map.entry("_", "underscore"),
            Map.entry("/", "slash"),
            Map.entry("\\", "backslash"),
            Map.entry("<", "less than"),
            Map.entry(">", "greater than"),
            Map.entry("~", "tilde"),
            Map.entry("^", "caret"),
            Map.entry("|", "vertical bar"),
            Map.entry("$", "dollar"),
            Map.entry("£", "pound"),
            Map.entry("€", "euro"),
            Map.entry("¥", "yen"),
            Map.entry("°", "degrees"),
            Map.entry("×", "times"),
            Map.entry("÷", "divided by"),
            Map.entry("±", "plus or minus"),
            Map.entry("½", "one half"),
            Map.entry("¼", "one quarter"),
            Map.entry("¾", "three quarters"),
            Map.entry("²", "squared"),
            Map.entry("³", "cubed"));

    /** What is a word though it is short and in capitals, as in "STOP AND GO"; "US" and "IT" are letters. */
    private static final Set<String> SHORT_WORDS = Set.of(
            "all", "am", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "do", "for", "go", "had",
            "has", "he", "her", "him", "his", "how", "if", "in", "is", "may", "me", "my", "new", "no", "not", "now",
            "of", "off", "old", "on", "one", "or", "our", "out", "she", "so", "the", "to", "two", "up", "was", "way",
            "we", "who", "why", "yes", "you");

    private static final String MONTH =
            "(Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?"
                    + "|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)";

    /** 1,234,567 or 1234567. */
    private static final String WHOLE = "(\\d{1,3}(?:,\\d{3})+|\\d+)";

    private static final String NUMBER = WHOLE + "(?:\\.(\\d+))?";
    private static final String SCALE = "(?: (thousand|million|billion|trillion)\\b)?";
    private static final String LATER = "(?![\\p{L}\\d])";
    private static final String FIRST = "(?<![\\p{L}\\d.,])";

    private static final Grammar GRAMMAR = signs(words(numbers(dates(addresses(plain(new Grammar()))))));

    private EnglishGrammar() {}

    /** A text as English reads it. */
    static List<Token> tokens(String text) {
        return GRAMMAR.tokens(text);
    }

    /** Adds what most of a text is, so that the other rules need not look at it: words in small letters, and spaces before words. */
    private static Grammar plain(Grammar grammar) {
        return grammar.reads("[a-z]{2,}+(?=[ ,;:!?]|$)", MatchResult::group).reads(" (?=\\p{L})", "");
    }

    /** Adds addresses of mail and of pages. */
    static Grammar addresses(Grammar grammar) {
        return grammar.reads("(?:https?://|www\\.)[^\\s<>\"]*[\\p{L}\\d/]", EnglishGrammar::address)
                .reads("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+", EnglishGrammar::address);
    }

    private static Grammar dates(Grammar grammar) {
        return grammar.reads(
                        FIRST + "(\\d{4})-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\\d|3[01])" + LATER,
                        date -> date(month(Integer.parseInt(date.group(2))), date.group(3), date.group(1)))
                .reads(FIRST + "(\\d{1,2})([/.])(\\d{1,2})\\2(\\d{4})" + LATER, EnglishGrammar::numericDate)
                .reads(
                        MONTH + " (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})" + LATER,
                        date -> date(month(date.group(1)), date.group(2), date.group(3)))
                .reads(
                        MONTH + " (\\d{1,2})(?:st|nd|rd|th)?" + LATER,
                        date -> month(date.group(1)) + " " + ordinal(date.group(2)))
                .reads(
                        FIRST + "(\\d{1,2})(?:st|nd|rd|th)? " + MONTH + "(?: (\\d{4}))?" + LATER,
                        date -> "the " + ordinal(date.group(1)) + " of " + month(date.group(2))
                                + (date.group(3) == null ? "" : " " + year(date.group(3))))
                .reads(MONTH + " (\\d{4})" + LATER, date -> month(date.group(1)) + " " + year(date.group(2)))
                .reads("(Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\\.", date -> month(date.group(1)))
                .reads(
                        FIRST + "([01]?\\d|2[0-4]):([0-5]\\d)(?::([0-5]\\d))?(?: ?([AaPp])\\.?[Mm]\\b\\.?)?" + LATER,
                        EnglishGrammar::time)
                .reads(FIRST + "(\\d{1,2}) ?([AaPp])\\.?[Mm]\\b\\.?", time -> cardinal(time.group(1)) + half(time, 2));
    }

    private static Grammar numbers(Grammar grammar) {
        return grammar.reads(
                        FIRST + "\\+?(?:\\d{1,3}[ -])?(?:\\(\\d{3}\\) ?|\\d{3}[ -])\\d{3}-\\d{4}" + LATER,
                        EnglishGrammar::telephone)
                .reads(FIRST + "\\d{3}-\\d{4}" + LATER, EnglishGrammar::telephone)
                .reads(FIRST + "\\+\\d[\\d -]{6,}\\d" + LATER, EnglishGrammar::telephone)
                .reads("(?<![\\p{L}\\d])(-)?(?:US)?([$£€¥]) ?" + NUMBER + SCALE, EnglishGrammar::sum)
                .reads("(?<![\\p{L}\\d)])-(?=\\d)", "minus")
                .reads("(?<=[\\d%])(?: [-–] |[-–])(?=[$£€]?\\d)", "to")
                .reads(WHOLE + "(?:st|nd|rd|th)" + LATER, number -> ordinal(number.group(1)))
                .reads("'?(\\d{2}|\\d{4})'?s" + LATER, EnglishGrammar::decade)
                .reads(FIRST + "(\\d)/(\\d{1,2})(?![\\d/])", EnglishGrammar::fraction)
                .reads(NUMBER + " ?" + Grammar.anyOf(UNITS.keySet()) + LATER, EnglishGrammar::quantity)
                .reads("\\d+(?:\\.\\d+){2,}", number -> dotted(number.group()))
                .reads(WHOLE + "\\.(\\d+)", number -> number(number.group(1), number.group(2)))
                .reads("\\.(\\d+)", number -> "point " + NUMERALS.digits(number.group(1)))
                .reads("0\\d+|\\d{10,}", number -> NUMERALS.digits(number.group()))
                .reads("(?:1\\d|20)\\d{2}(?!\\d|,\\d)", number -> year(number.group()))
                .reads(WHOLE, number -> cardinal(number.group(1)))
                .reads("(?:(?:No|Nr)\\. ?|#)(?=\\d)", "number")
                .reads("(pp?)\\. ?(?=\\d)", page -> page.group(1).equals("p") ? "page" : "pages");
    }

    /** Adds words in Latin letters. */
    static Grammar words(Grammar grammar) {
        String letter = "(?<![\\p{IsLatin}\\p{M}'])";
        return grammar.reads(letter + "e\\.g\\.,?", "for example")
                .reads(letter + "i\\.e\\.,?", "that is")
                .reads(letter + "Ph\\.? ?D\\b\\.?", "P H D")
                .reads(
                        letter + Grammar.anyOf(TITLES.keySet()) + "\\. (?=\\p{Lu})",
                        title -> TITLES.getOrDefault(title.group(1), ""))
                .reads(letter + "(Mr|Mrs|Ms|Dr|Prof)\\b\\.?", title -> TITLES.getOrDefault(title.group(1), ""))
                .reads(
                        letter + Grammar.anyOf(ABBREVIATIONS.keySet()) + "\\.",
                        begun -> ABBREVIATIONS.getOrDefault(begun.group(1), ""))
                .reads(letter + "(?:\\p{L}\\.){2,}", initials -> letters(initials.group()))
                .reads(letter + "(\\p{Lu})\\.(?= \\p{Lu})", initial -> initial.group(1))
                .reads(
                        "(?<=\\b(?:Chapter|Part|Volume|Act|Scene|Section|Book|Phase|Type|War|Article|Title|Appendix) )"
                                + "([IVXLC]+)\\b",
                        roman -> cardinal(Integer.toString(Roman.value(roman.group(1)))))
                .reads(
                        "(?<=\\b(?:Henry|Louis|Elizabeth|Charles|George|Edward|William|James|Richard|Philip|Napoleon"
                                + "|Pius|Paul|Benedict|Nicholas|Alexander|Frederick|Peter|Catherine|King|Queen|Pope) )"
                                + "([IVX]+)\\b",
                        roman -> "the " + ordinal(Integer.toString(Roman.value(roman.group(1)))))
                .reads(letter + "\\p{Lu}{2,}s?(?![\\p{IsLatin}\\p{M}'-])", EnglishGrammar::capitals)
                .reads(
                        "'?\\p{IsLatin}[\\p{IsLatin}\\p{M}]*+(?:['-]\\p{IsLatin}[\\p{IsLatin}\\p{M}]*+)*+",
                        EnglishGrammar::word);
    }

    private static Grammar signs(Grammar grammar) {
        SIGNS.forEach((sign, words) -> grammar.reads(Pattern.quote(sign), words));
        return Punctuation.of(grammar);
    }

    private static Map.Entry<String, List<String>> unit(String sign, String one) {
        return unit(sign, one, one + "s");
    }

    private static Map.Entry<String, List<String>> unit(String sign, String one, String many) {
        return Map.entry(sign, List.of(one, many));
    }

    private static String cardinal(String digits) {
        return NUMERALS.cardinal(digits.replace(",", ""));
    }

    private static String ordinal(String digits) {
        return NUMERALS.said(digits.replace(",", ""), ORDINAL);
    }

    private static String year(String digits) {
        return NUMERALS.said(digits, YEAR);
    }

    private static String number(String whole, @Nullable String decimals) {
        return cardinal(whole) + (decimals == null ? "" : " point " + NUMERALS.digits(decimals));
    }

    private static String dotted(String number) {
        return List.of(number.split("\\.")).stream()
                .map(EnglishGrammar::cardinal)
                .collect(Collectors.joining(" point "));
    }

    /** A month by its beginning, as in "Nov." */
    private static String month(String begun) {
        String beginning = begun.substring(0, 3).toLowerCase(Locale.ROOT);
        return MONTHS.stream()
                .filter(month -> month.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static String month(int number) {
        return MONTHS.get(number - 1);
    }

    private static String date(String month, String day, String year) {
        return month + " " + ordinal(day) + " , " + year(year);
    }

    /** The day stands first, unless only the second number can be one; what is no date is said digit by digit. */
    private static String numericDate(MatchResult date) {
        int first = Integer.parseInt(date.group(1));
        int second = Integer.parseInt(date.group(3));
        boolean isMonthFirst = second > 12;
        int month = isMonthFirst ? first : second;
        int day = isMonthFirst ? second : first;
        return month >= 1 && month <= 12 && day >= 1 && day <= 31
                ? date(month(month), Integer.toString(day), date.group(4))
                : spelled(date.group());
    }

    private static String time(MatchResult time) {
        String minutes = time.group(2);
        boolean hasHalf = time.group(4) != null;
        String said = minutes.equals("00")
                ? hasHalf ? "" : time.group(3) == null ? " o'clock" : " hundred hours"
                : " " + (minutes.startsWith("0") ? "oh " : "") + cardinal(minutes);
        String seconds = time.group(3) == null ? "" : " and " + counted(time.group(3), List.of("second", "seconds"));
        return cardinal(time.group(1)) + said + seconds + (hasHalf ? half(time, 4) : "");
    }

    private static String half(MatchResult time, int group) {
        return time.group(group).equalsIgnoreCase("a") ? " A M" : " P M";
    }

    /** Digit by digit, with a pause where there is a gap. */
    private static String telephone(MatchResult number) {
        return Stream.of(number.group().replace("+", "plus ").split("[ ()-]+"))
                .filter(group -> !group.isEmpty())
                .map(group -> group.equals("plus") ? group : NUMERALS.digits(group) + " ,")
                .collect(Collectors.joining(" "))
                .replaceFirst(" ,$", "");
    }

    private static String sum(MatchResult sum) {
        List<String> names = CURRENCIES.getOrDefault(sum.group(2), List.of());
        String whole = sum.group(3);
        String decimals = sum.group(4);
        String scale = sum.group(5);
        String sign = sum.group(1) == null ? "" : "minus ";
        if (scale != null) {
            return sign + number(whole, decimals) + " " + scale + " " + names.get(1);
        }
        if (decimals == null) {
            return sign + counted(whole, names);
        }
        if (decimals.length() != 2 || names.get(2).isEmpty()) {
            return sign + number(whole, decimals) + " " + names.get(1);
        }
        return sign + sum(whole, decimals, names);
    }

    private static String sum(String whole, String hundredths, List<String> names) {
        String small = counted(hundredths, names.subList(2, 4));
        boolean isSmall = whole.equals("0");
        return hundredths.equals("00")
                ? counted(whole, names)
                : isSmall ? small : counted(whole, names) + " and " + small;
    }

    /** A number and one of something, or many. */
    private static String counted(String digits, List<String> names) {
        return cardinal(digits) + " " + names.get(digits.replaceFirst("^0+", "").equals("1") ? 0 : 1);
    }

    private static String quantity(MatchResult quantity) {
        List<String> names = UNITS.getOrDefault(quantity.group(3), List.of());
        return quantity.group(2) == null
                ? counted(quantity.group(1), names)
                : number(quantity.group(1), quantity.group(2)) + " " + names.get(1);
    }

    /** "nineteen eighties" of 1980s: the last word of a number, many times. */
    private static String decade(MatchResult decade) {
        String digits = decade.group(1);
        String number = digits.length() == 4 ? year(digits) : cardinal(digits);
        return number.endsWith("y") ? number.substring(0, number.length() - 1) + "ies" : number + "s";
    }

    private static String fraction(MatchResult fraction) {
        String upper = fraction.group(1);
        String lower = fraction.group(2);
        boolean isOne = upper.equals("1");
        String part = switch (lower) {
            case "2" -> isOne ? "half" : "halves";
            case "4" -> isOne ? "quarter" : "quarters";
            default -> ordinal(lower) + (isOne ? "" : "s");
        };
        boolean isNumber = lower.equals("0") || lower.equals("1") || upper.equals("0") || lower.startsWith("0");
        return isNumber ? cardinal(upper) + " over " + cardinal(lower) : cardinal(upper) + " " + part;
    }

    /** Words, letters in a row that are no word, and signs by their names. */
    private static String address(MatchResult address) {
        return Stream.of(address.group().split("(?<=[^\\p{L}])|(?=[^\\p{L}])"))
                .map(part -> part.equals("www") || part.startsWith("http") ? letters(part) : addressPart(part))
                .collect(Collectors.joining(" "));
    }

    private static String addressPart(String part) {
        return switch (part) {
            case "." -> "dot";
            case "-" -> "dash";
            case ":" -> "colon";
            case "?" -> "question mark";
            default -> part.matches("\\d") ? cardinal(part) : SIGNS.getOrDefault(part, lower(part));
        };
    }

    private static String spelled(String signs) {
        return Stream.of(signs.split("")).map(EnglishGrammar::addressPart).collect(Collectors.joining(" "));
    }

    /** Letters by their names: capitals that stand alone. */
    private static String letters(String text) {
        return text.toUpperCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetter)
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
    }

    /** Capitals are spelled where they are short or no word; "USBs" are many. */
    private static String capitals(MatchResult match) {
        String word = match.group();
        boolean areMany = word.endsWith("s");
        String letters = areMany ? word.substring(0, word.length() - 1) : word;
        if (isWord(letters)) {
            return lower(word);
        }
        return letters(letters) + (areMany ? "'s" : "");
    }

    private static boolean isWord(String capitals) {
        String word = lower(capitals);
        return SHORT_WORDS.contains(word)
                || (word.length() > 3 && !CmuLexicon.phones(word).isEmpty());
    }

    /** A word as it is looked up: of a letter that stands alone, "a" and "I" are words, and others are called by their names. */
    private static String word(MatchResult match) {
        String word = match.group();
        boolean isLetter = word.length() == 1 && !word.equals("a") && !word.equals("A");
        return isLetter ? word.toUpperCase(Locale.ROOT) : lower(word);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
