package dev.elbo.pronunciation;

/** The marks that many languages have in common: what ends a sentence, what makes a pause, and what is not heard. */
final class Punctuation {
    private Punctuation() {}

    /** Adds its rules, behind those that say some marks aloud. */
    static Grammar of(Grammar grammar) {
        return grammar.reads("[.!?。…‥¿¡]+", Grammar.END)
                .reads(" *\\R\\s*\\R\\s*", Grammar.END)
                .reads("[,;:、()\\[\\]—–«»《》「」『』【】](?:\\s*+[,;:、()\\[\\]—–«»《》「」『』【】])*+", Grammar.PAUSE)
                .reads("(?<=\\s)-+(?=\\s)|--+", Grammar.PAUSE)
                .reads("[\\s'\"“”„‚`·\\u200b-\\u200f\\ufeff\\u00ad\\ufe0f-]", "");
    }
}
