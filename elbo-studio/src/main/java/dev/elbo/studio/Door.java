package dev.elbo.studio;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. The link that the program prints has a token; it is exchanged for a cookie that scripts cannot read and other
 * sites cannot send. A request for another host (DNS rebinding) or from another site's page is refused.
 */
final class Door {
    /** The address that stands for all of a machine. */
    static final String EVERYWHERE = "0.0.0.0";

    private static final int TOKEN_BYTES = 24;
    private static final int MISDIRECTED = 421;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final String REMEDY = "Open the link that 'elbo studio' printed when it began";

    private final String host;
    private final IntSupplier port;
    private final String token;
    private final String session = random();
    private final PageFiles pages;

    Door(String host, IntSupplier port, String token, PageFiles pages) {
        this.host = host;
        this.port = port;
        this.token = token;
        this.pages = pages;
    }

    static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Looks at every request: host, origin, then cookie. */
    void check(Context request) {
        protect(request);
        requireHost(request);
        requireOrigin(request);
        boolean isEntering = request.path().equals("/") && request.queryParam("token") != null;
        if (!isEntering && !isSame(session, request.cookie(cookie()))) {
            throw new Refusal(
                    UNAUTHORISED, "this browser has not been let in, or the studio was started anew. " + REMEDY);
        }
    }

    private void protect(Context request) {
        request.header("Content-Security-Policy", pages.policy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    private void requireHost(Context request) {
        String asked = request.header("Host");
        String suffix = ":" + port.getAsInt();
        List<String> known = List.of(host + suffix, "127.0.0.1" + suffix, "localhost" + suffix);
        boolean isAddress = host.equals(EVERYWHERE)
                && asked != null
                && asked.matches("\\d{1,3}(\\.\\d{1,3}){3}" + suffix); // no name, that could be led astray
        if (asked == null || (!known.contains(asked) && !isAddress)) {
            throw new Refusal(MISDIRECTED, "the request is for another host, '" + asked + "'. " + REMEDY);
        }
    }

    private static void requireOrigin(Context request) {
        String origin = request.header("Origin");
        if (origin != null && !origin.equals("http://" + request.header("Host"))) {
            throw new Refusal(FORBIDDEN, "the request comes from the page of another site, " + origin + ". " + REMEDY);
        }
        boolean isOurs = origin != null || "same-origin".equals(request.header("Sec-Fetch-Site"));
        if (!READING.contains(request.method()) && !isOurs) {
            throw new Refusal(
                    FORBIDDEN, "the request does not say from which page it comes: it has no header Origin. " + REMEDY);
        }
    }

    /**
     * Lets a browser in that knows the token: sets the cookie, and the answer is the page itself. After a redirection that follows a click
     * in another site the request would travel without the cookie.
     *
     * @throws Refusal if the token is another
     */
    void enter(Context request) {
        if (!isSame(token, request.queryParam("token"))) {
            throw new Refusal(UNAUTHORISED, "the token is not this studio's. " + REMEDY);
        }
        Cookie cookie = new Cookie(cookie(), session);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setPath("/");
        request.cookie(cookie);
    }

    /** Two studios on one machine share cookies, whatever their ports: each has a name of its own. */
    private String cookie() {
        return "elbo-studio-" + port.getAsInt();
    }

    private static boolean isSame(String secret, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
