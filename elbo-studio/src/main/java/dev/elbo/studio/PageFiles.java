package dev.elbo.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the pages: our own, and those of the libraries that come as WebJars, each at exactly the version that the build
 * has. They lie on the class path alone, are packed once and stay in memory.
 */
final class PageFiles {
    private static final String OURS = "/dev/elbo/studio/page/";
    private static final String JARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> LIBRARIES = Map.of(
            "lit", "3.3.1",
            "lit-html", "3.3.1",
            "lit-element", "4.2.1",
            "lit__reactive-element", "2.1.1",
            "uplot", "1.6.30",
            "katex", "0.16.4");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "woff2", "font/woff2",
            "svg", "image/svg+xml");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9_.@-]*(/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)*");

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();
    private final String policy;

    /**
     * A file as it is sent.
     *
     * @param packed by gzip; null of what is packed already
     * @param tag changes with the content
     */
    @SuppressWarnings("ArrayRecordComponent") // read alone, and never compared
    private record PageFile(byte[] plain, byte @Nullable [] packed, String type, String tag) {}

    PageFiles() {
        Matcher map = IMPORT_MAP.matcher(new String(file(OURS + "index.html").plain, StandardCharsets.UTF_8));
        if (!map.find()) {
            throw new IllegalStateException("Bug: index.html has no import map");
        }
        policy = "default-src 'self'; script-src 'self' 'sha256-" + sha256(map.group(1)) + "'; style-src 'self';"
                + " img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html handbook";
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: this Java has no SHA-256", e);
        }
    }

    /** The content security policy: scripts of our own, and the import map by its hash. */
    String policy() {
        return policy;
    }

    void serve(RoutesConfig routes, Door door) {
        routes.get("/", request -> {
            boolean isEntering = request.queryParam("token") != null;
            if (isEntering) {
                door.enter(request);
            }
            send(request, OURS + "index.html", isEntering ? "no-store" : "no-cache");
        });
        routes.get("/app/<path>", request -> send(request, OURS + named(request), "no-cache"));
        routes.get("/lib/{name}/{version}/<path>", request -> {
            String name = request.pathParam("name");
            String version = request.pathParam("version");
            if (!version.equals(LIBRARIES.get(name))) {
                throw Refusal.unknown("there is no library " + name + " " + version + " here; reload the page");
            }
            send(request, JARS + name + "/" + version + "/" + named(request), "private, max-age=31536000, immutable");
        });
    }

    private static String named(Context request) {
        String path = request.pathParam("path");
        if (!NAME.matcher(path).matches()) {
            throw Refusal.unknown("there is no file of that name here");
        }
        return path;
    }

    private void send(Context request, String path, String cache) {
        PageFile file = file(path);
        request.header("Cache-Control", cache)
                .header("Vary", "Accept-Encoding")
                .header("ETag", file.tag)
                .contentType(file.type);
        String accepted = String.valueOf(request.header("Accept-Encoding"));
        if (file.tag.equals(request.header("If-None-Match"))) {
            request.status(304);
        } else if (file.packed != null && accepted.contains("gzip")) {
            request.header("Content-Encoding", "gzip").result(file.packed);
        } else {
            request.result(file.plain);
        }
    }

    private PageFile file(String path) {
        return files.computeIfAbsent(path, PageFiles::read);
    }

    private static PageFile read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream in = type == null ? null : PageFiles.class.getResourceAsStream(path)) {
            if (in == null || type == null) {
                throw Refusal.unknown("there is no file of that name here");
            }
            byte[] plain = in.readAllBytes();
            String tag =
                    '"' + sha256(new String(plain, StandardCharsets.ISO_8859_1)).substring(0, 22) + '"';
            return new PageFile(plain, type.startsWith("font") ? null : packed(plain), type, tag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(plain);
        }
        return bytes.toByteArray();
    }
}
