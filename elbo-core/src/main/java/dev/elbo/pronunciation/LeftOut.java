package dev.elbo.pronunciation;

/**
 * A part of a text that is not spoken, because its language has no sound for it.
 *
 * @param text as it is written
 * @param at where it stands in the text, in UTF-16 units from 0
 */
public record LeftOut(String text, int at) {
    @Override
    public String toString() {
        return "'" + text + "' at " + at;
    }
}
