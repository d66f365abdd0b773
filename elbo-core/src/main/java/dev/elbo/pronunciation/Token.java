package dev.elbo.pronunciation;

/**
 * A piece of a sentence on its way to being spoken.
 *
 * @param kind what it is
 * @param text the word in letters, the mark, the phones with their braces, or what nobody can say
 * @param at where it stands in the text, in UTF-16 units
 * @param end where what stands behind it begins
 */
record Token(Kind kind, String text, int at, int end) {
    /** The kind of a piece. */
    enum Kind {
        /** Is looked up. */
        WORD,
        /** A short pause. */
        PAUSE,
        /** The end of a sentence. */
        END,
        /** Phones that the writer gave. */
        PHONES,
        /** Has no sound that is known. */
        UNKNOWN
    }
}
