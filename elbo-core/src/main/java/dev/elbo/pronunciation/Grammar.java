package dev.elbo.pronunciation;

import dev.elbo.pronunciation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a language reads aloud what is no plain word: an ordered list of rules. At each place of a text the first rule that fits reads on;
 * what no rule fits is {@link Kind#UNKNOWN}.
 */
final class Grammar {
    /** Marks that are written in a rule's words: a short pause, and the end of a sentence. */
    static final String PAUSE = ",";

    static final String END = ".";

    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

    private final List<Rule> rules = new ArrayList<>();

    private record Rule(Pattern pattern, Kind kind, Function<MatchResult, String> words) {}

    /** Every language takes phones between braces. */
    Grammar() {
        rules.add(new Rule(BRACES, Kind.PHONES, MatchResult::group));
    }

    /**
     * Adds a rule.
     *
     * @param pattern what it fits
     * @param words what is said instead, with spaces between words, and {@link #PAUSE} and {@link #END} among them
     */
    Grammar reads(String pattern, Function<MatchResult, String> words) {
        rules.add(new Rule(Pattern.compile(pattern), Kind.WORD, words));
        return this;
    }

    /** Adds a rule that always says the same. */
    Grammar reads(String pattern, String words) {
        return reads(pattern, match -> words);
    }

    /** The text as it is said. */
    List<Token> tokens(String text) {
        String plain = plain(text);
        List<Matcher> matchers = rules.stream()
                .map(rule -> rule.pattern().matcher(plain).useTransparentBounds(true))
                .toList();
        List<Token> tokens = new ArrayList<>();
        for (int at = 0; at < plain.length(); ) {
            at = read(plain, at, matchers, tokens);
        }
        return tokens;
    }

    private int read(String text, int at, List<Matcher> matchers, List<Token> tokens) {
        for (int i = 0; i < rules.size(); i++) {
            Matcher matcher = matchers.get(i).region(at, text.length());
            if (matcher.lookingAt() && matcher.end() > at) {
                add(rules.get(i), matcher, at, tokens);
                return matcher.end();
            }
        }
        int size = Character.charCount(text.codePointAt(at));
        tokens.add(new Token(Kind.UNKNOWN, text.substring(at, at + size), at));
        return at + size;
    }

    private static void add(Rule rule, Matcher matcher, int at, List<Token> tokens) {
        String words = rule.words().apply(matcher);
        if (rule.kind() == Kind.PHONES) {
            tokens.add(new Token(Kind.PHONES, words, at));
            return;
        }
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                tokens.add(new Token(kind(word), word, at));
            }
        }
    }

    private static Kind kind(String word) {
        return word.equals(PAUSE) ? Kind.PAUSE : word.equals(END) ? Kind.END : Kind.WORD;
    }

    /** One character for one, so that places stay: wide letters and digits, apostrophes, dashes and spaces as a keyboard has them. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            plain.setCharAt(i, plain(plain.charAt(i)));
        }
        return plain.toString();
    }

    private static char plain(char c) {
        if (c >= '！' && c <= '～') {
            return (char) (c - '！' + '!');
        }
        return switch (c) {
            case '’', '‘', 'ʼ' -> '\'';
            case '‐', '‑', '−' -> '-';
            case '\u00a0', '\u2009', '\u202f', '\u3000', '\t' -> ' ';
            default -> c;
        };
    }
}
