package dev.elbo.tensor.cuda;

/** What the loader of natives did not find. */
public final class MissingLibrary {
    private MissingLibrary() {}

    /** The library that was missing first, and why: a loader tells of its last attempt, and keeps the first as the cause. */
    public static String of(LinkageError failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage()).replaceFirst("^/.*/([^/]+: )", "$1");
    }
}
