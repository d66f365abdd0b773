package dev.elbo.studio;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.InvalidFileException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as answers of type {@code application/problem+json} (RFC 9457): a status, a title and a sentence that says what to do. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int WRONG = 400;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int FULL = 507;

    private Problems() {}

    /** Answers every failure of a route. */
    static void answer(RoutesConfig routes) {
        routes.exception(Refusal.class, (failure, answer) -> say(answer, failure.status(), failure.sentence()));
        routes.exception(
                HttpResponseException.class, (failure, answer) -> say(answer, failure.getStatus(), http(failure)));
        routes.exception(
                JacksonException.class,
                (failure, answer) -> say(answer, WRONG, "the request is no JSON: " + failure.getOriginalMessage()));
        routes.exception(
                IllegalArgumentException.class,
                (failure, answer) -> say(answer, WRONG, String.valueOf(failure.getMessage())));
        routes.exception(
                UncheckedIOException.class,
                (failure, answer) -> say(answer, Objects.requireNonNull(failure.getCause())));
        routes.exception(IOException.class, (failure, answer) -> say(answer, failure));
        routes.exception(Exception.class, (failure, answer) -> {
            LOG.error("a request of the studio failed: {} {}", answer.method(), answer.path(), failure);
            say(answer, FAILED, "Bug: " + failure + "; reload the page, and report it if it comes again");
        });
    }

    private static void say(Context answer, IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof InvalidFileException) {
            say(answer, CONFLICT, message);
        } else if (isFull(message)) {
            say(answer, FULL, "the disk is full: " + message + ". Free some space, then try again");
        } else if (failure instanceof NoSuchFileException) {
            say(answer, CONFLICT, "a file of the run is gone, perhaps the run was deleted: reload the page");
        } else if (failure instanceof FileSystemException file) {
            say(answer, FAILED, "a file cannot be used: " + file.getFile() + ": " + file.getReason());
        } else {
            say(answer, FAILED, message);
        }
    }

    private static boolean isFull(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("disk quota");
    }

    private static String http(HttpResponseException failure) {
        if (failure.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode()) {
            return "the request is larger than " + (Studio.LARGEST_REQUEST >> 20)
                    + " MB; send a smaller picture or a shorter recording";
        }
        return failure.getStatus() == HttpStatus.NOT_FOUND.getCode()
                ? "there is nothing at this address; openapi.yaml of elbo-studio lists what there is"
                : String.valueOf(failure.getMessage());
    }

    /** In the language that the page asks for. */
    static void say(Context answer, int status, String sentence) {
        String language = answer.header("Accept-Language");
        String said = language != null && language.startsWith("zh") ? ChineseSentences.of(sentence) : sentence;
        answer.status(status)
                .contentType("application/problem+json")
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", HttpStatus.forStatus(status).getMessage())
                        .put("status", status)
                        .put("detail", said)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)); // of a text Javalin would make what Latin-1 has
    }
}
