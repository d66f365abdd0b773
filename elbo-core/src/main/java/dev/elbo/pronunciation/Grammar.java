package dev.elbo.pronunciation;

import dev.elbo.pronunciation.Token.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private record Rule(Pattern pattern, Kind kind, Function<MatchResult, String> words, Predicate<String> isKnown) {}

    /** Every language takes phones between braces. */
    Grammar() {
        rules.add(new Rule(BRACES, Kind.PHONES, MatchResult::group, match -> true));
    }

    /**
     * Adds a rule.
     *
     * @param pattern what it fits
     * @param words what is said instead, with spaces between words, and {@link #PAUSE} and {@link #END} among them
     */
    Grammar reads(String pattern, Function<MatchResult, String> words) {
        return reads(pattern, words, match -> true);
    }

    /**
     * Adds a rule for a part of what a pattern fits.
     *
     * @param isKnown what of it can be said
     */
    Grammar reads(String pattern, Function<MatchResult, String> words, Predicate<String> isKnown) {
        rules.add(new Rule(Pattern.compile(pattern), Kind.WORD, words, isKnown));
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
            if (matcher.lookingAt() && rules.get(i).isKnown().test(matcher.group())) {
                add(rules.get(i), matcher, tokens);
                return matcher.end();
            }
        }
        return unknown(text, at, tokens);
    }

    /** What is unknown stands together. */
    private static int unknown(String text, int at, List<Token> tokens) {
        int end = at + Character.charCount(text.codePointAt(at));
        int last = tokens.size() - 1;
        boolean isLonger = last >= 0
                && tokens.get(last).kind() == Kind.UNKNOWN
                && tokens.get(last).end() == at;
        int from = isLonger ? tokens.remove(last).at() : at;
        tokens.add(new Token(Kind.UNKNOWN, text.substring(from, end), from, end));
        return end;
    }

    /** A group of a pattern that fits any of some signs, the longest first. */
    static String anyOf(Collection<String> signs) {
        return signs.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(", ")"));
    }

    private static void add(Rule rule, Matcher matcher, List<Token> tokens) {
        String words = rule.words().apply(matcher);
        if (rule.kind() == Kind.PHONES) {
            tokens.add(new Token(Kind.PHONES, words, matcher.start(), matcher.end()));
            return;
        }
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                tokens.add(new Token(kind(word), word, matcher.start(), matcher.end()));
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
