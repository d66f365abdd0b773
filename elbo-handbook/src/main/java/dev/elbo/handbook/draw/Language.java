package dev.elbo.handbook.draw;

import java.util.Locale;

/** The languages of the handbook. */
public enum Language {
    EN,
    ZH;

    /** As in names of files and folders: {@code en}, {@code zh}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
