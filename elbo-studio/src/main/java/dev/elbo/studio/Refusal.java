package dev.elbo.studio;

import java.io.Serial;

/** What is not done, with the status of the answer and a sentence that says why and what to do. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int BUSY = 503;

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** There is nothing of this name. */
    static Refusal unknown(String sentence) {
        return new Refusal(NOT_FOUND, sentence);
    }

    /** It cannot be done as things are. */
    static Refusal conflict(String sentence) {
        return new Refusal(CONFLICT, sentence);
    }

    /** More came than is taken. */
    static Refusal tooLarge(String sentence) {
        return new Refusal(TOO_LARGE, sentence);
    }

    /** There is too much to do at once. */
    static Refusal busy(String sentence) {
        return new Refusal(BUSY, sentence);
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
