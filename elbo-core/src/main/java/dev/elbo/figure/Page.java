package dev.elbo.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * An HTML page that needs nothing but its own file. Its policy lets it load nothing, and run no script but the one that
 * reads values off its plots, known by its hash; without scripts, the page shows all but these values.
 *
 * @param title of the browser's window
 */
record Page(String title, List<Markup> parts) {
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'sha256-%s'">
            <title>%s · Elbo</title>
            <style>
            %s
            </style>
            </head>
            <body>
            <main>
            %s
            </main>
            <script>%s</script>
            </body>
            </html>
            """;

    byte[] bytes() {
        return html().getBytes(StandardCharsets.UTF_8);
    }

    String html() {
        String script = resource("report.js");
        return Markup.of(
                        FRAME,
                        Markup.trusted(sha256(script)),
                        title,
                        style(),
                        Markup.join(parts),
                        Markup.trusted(script))
                .html();
    }

    private static Markup style() {
        return Markup.trusted("""
                :root { color-scheme: light; %s }
                @media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; %s } }
                %s""".formatted(Ink.lightStyle(), Ink.darkStyle(), resource("report.css")));
    }

    private static String resource(String name) {
        try (InputStream content = Page.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("Bug: " + name + " is missing beside " + Page.class);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java has SHA-256", e);
        }
    }

    /** A part with a heading; nothing where there is no content. */
    static Markup section(String heading, String kind, List<Markup> content) {
        return section(heading, Markup.NOTHING, kind, content);
    }

    /**
     * A part with a heading.
     *
     * @param before what stands between the heading and the content
     */
    static Markup section(String heading, Markup before, String kind, List<Markup> content) {
        return content.isEmpty()
                ? Markup.NOTHING
                : Markup.of(
                        "<section><h2>%s</h2>%s<div class=\"%s\">%s</div></section>",
                        heading, before, kind, Markup.join(content));
    }
}
