package dev.elbo.handbook.draw;

/**
 * The same thing said in both languages.
 *
 * @param en in English
 * @param zh in Chinese
 */
public record Words(String en, String zh) {

    /** Says it in English and in Chinese. */
    public static Words of(String en, String zh) {
        return new Words(en, zh);
    }

    /** A symbol or a number, which both languages share. */
    public static Words same(String symbol) {
        return new Words(symbol, symbol);
    }

    /** What it is called in {@code language}. */
    public String in(Language language) {
        return language == Language.EN ? en : zh;
    }
}
