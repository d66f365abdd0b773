package dev.elbo.data;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sentences as words and back. Everything is lower case. Words are what stands between spaces; punctuation is split off
 * them, and so are the endings of English contractions: "Don't stop, Mr. Hall!" becomes {@code do n't stop , mr. hall !}.
 * Numbers, abbreviations with points and words with hyphens stay whole. Each Chinese or Japanese character is a word.
 */
final class Words {
    private static final String QUOTE = "\"";
    private static final String APOSTROPHE = "'";

    /** As they are printed, which a typewriter does not tell apart. */
    private static final Pattern QUOTES = Pattern.compile("[‘’`´]{2}|''|[“”„«»]");

    private static final Pattern APOSTROPHES = Pattern.compile("[‘’`´]");
    private static final Pattern DASHES = Pattern.compile("[—–]");

    private static final String CHARACTER = "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]";
    private static final String LETTERS = "[\\p{L}\\p{N}\\p{M}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]++";
    private static final String ENDING = "'(?:s|m|d|ll|re|ve)(?![\\p{L}\\p{N}])";
    private static final String WIDE = "[。，！？；：、（）「」『』《》〈〉【】·～]";

    private static final Pattern BEFORE_ENDING =
            Pattern.compile("(?<=\\p{L})(?=n't(?!\\p{L}))|(?<=[\\p{L}\\p{N}])(?=" + ENDING + ")");

    /** Possessive throughout: a line may be one word of a million letters, and the stack is short. */
    private static final Pattern WORD = Pattern.compile("\\s*+("
            + String.join(
                    "|",
                    "[a-z]++(?=\\s)", // most words: the rest would find them too, in twice the time
                    "(?<![\\p{L}\\p{N}])(?:(?:\\p{L}\\.){2,}+|[\\p{L}&&[^ai]]\\.(?=\\s))", // u.s., j. smith
                    "(?<![\\p{L}\\p{N}])(?:mr|mrs|ms|dr|st|jr|sr|vs|etc|prof|gen|sen|rev|col|capt|gov)\\.",
                    "n't(?!\\p{L})",
                    ENDING,
                    "'(?:em|tis|twas)(?!\\p{L})",
                    CHARACTER,
                    LETTERS + "(?:(?:[-']|(?<=\\p{N})[.,:/](?=\\p{N}))" + LETTERS
                            + ")*+", // hard-fought, o'clock, 1,000.5
                    "--++|\\.\\.++",
                    "[^\\s\\p{Z}\\p{C}]")
            + ")");

    private static final Pattern CLINGS_TO_WHAT_PRECEDES =
            Pattern.compile("[.,!?;:)\\]}%/…]|\\.\\.+|n't|" + ENDING + "|" + WIDE);

    private static final Pattern CLINGS_TO_WHAT_FOLLOWS = Pattern.compile("[(\\[{$£€¿¡/]|" + WIDE);

    private static final Pattern BEGINS_WITH_CHARACTER = Pattern.compile(CHARACTER);
    private static final Pattern ENDS_WITH_CHARACTER = Pattern.compile(CHARACTER + "\\z");

    /** Behind these, or at the start, an apostrophe opens a quotation; elsewhere it ends one, or a word. */
    private static final Pattern BEFORE_QUOTATION = Pattern.compile("|[,:;(\\[\"]|--+");

    private Words() {}

    /** The words of a sentence. */
    static List<String> of(String sentence) {
        String plain = Normalizer.normalize(sentence, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        String typed = replaced(DASHES, replaced(APOSTROPHES, replaced(QUOTES, plain, QUOTE), APOSTROPHE), "--");
        return WORD.matcher(replaced(BEFORE_ENDING, typed, " "))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String replaced(Pattern pattern, String text, String by) {
        return pattern.matcher(text).replaceAll(by);
    }

    /** A sentence as it is usually written, but in lower case. */
    static String join(List<String> words) {
        StringBuilder sentence = new StringBuilder();
        boolean isQuotation = false;
        boolean clings = true; // the next word to this
        for (int i = 0; i < words.size(); i++) {
            String last = i == 0 ? "" : words.get(i - 1);
            String word = words.get(i);
            boolean isOpening = word.equals(QUOTE)
                    ? !isQuotation && canBegin(words.subList(i + 1, words.size()))
                    : word.equals(APOSTROPHE) && BEFORE_QUOTATION.matcher(last).matches();
            sentence.append(clings || clings(word, isOpening) || areCharacters(last, word) ? "" : " ")
                    .append(word);
            isQuotation = word.equals(QUOTE) ? isOpening : isQuotation;
            clings = isOpening || CLINGS_TO_WHAT_FOLLOWS.matcher(word).matches();
        }
        return sentence.toString();
    }

    /** Whether these words can be those of a quotation, which may have begun in another sentence and end before them. */
    private static boolean canBegin(List<String> words) {
        return !words.isEmpty() && !clings(words.get(0), false);
    }

    private static boolean clings(String word, boolean isOpening) {
        boolean isMark = word.equals(QUOTE) || word.equals(APOSTROPHE);
        return isMark ? !isOpening : CLINGS_TO_WHAT_PRECEDES.matcher(word).matches();
    }

    private static boolean areCharacters(String last, String word) {
        return ENDS_WITH_CHARACTER.matcher(last).find()
                && BEGINS_WITH_CHARACTER.matcher(word).lookingAt();
    }
}
