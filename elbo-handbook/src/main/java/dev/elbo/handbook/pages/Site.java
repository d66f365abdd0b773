package dev.elbo.handbook.pages;

import dev.elbo.figure.WholeFile;
import dev.elbo.handbook.draw.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** The handbook as HTML, with KaTeX for its formulae beside it: a folder to be opened in a browser, without a network. */
public final class Site {
    private static final String KATEX = "/META-INF/resources/webjars/katex/0.16.4/dist/";
    private static final List<String> STYLES = List.of("katex.min.css", "katex.min.js");
    private static final List<String> FONTS = List.of(
            "AMS-Regular",
            "Caligraphic-Bold",
            "Caligraphic-Regular",
            "Fraktur-Bold",
            "Fraktur-Regular",
            "Main-Bold",
            "Main-BoldItalic",
            "Main-Italic",
            "Main-Regular",
            "Math-BoldItalic",
            "Math-Italic",
            "SansSerif-Bold",
            "SansSerif-Italic",
            "SansSerif-Regular",
            "Script-Regular",
            "Size1-Regular",
            "Size2-Regular",
            "Size3-Regular",
            "Size4-Regular",
            "Typewriter-Regular");
    private static final String REPOSITORY = "../../../";

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), new Mathematics());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (node instanceof Heading heading) {
                    attributes.put("id", PageFaults.anchor(textOf(heading)));
                }
            })
            .build();

    private Site() {}

    /** A page as a tree. */
    static Node parse(String markdown) {
        return PARSER.parse(markdown);
    }

    /** A page's text as HTML, without a frame around it. */
    public static String html(String markdown) {
        return RENDERER.render(parse(markdown));
    }

    /**
     * Writes the site.
     *
     * @param folder is made where it is missing; files of the same names are replaced
     * @return the page to open first
     * @throws IOException if a page cannot be read or a file not be written
     */
    public static Path write(Book book, Path folder) throws IOException {
        for (Language language : Language.values()) {
            try (Stream<Path> files = Files.list(book.folder().resolve(language.code()))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(".md", ".html");
                    write(folder.resolve(language.code()).resolve(name), page(book, language, Files.readString(file)));
                }
            }
        }
        Files.createDirectories(folder.resolve("figures"));
        try (Stream<Path> figures = Files.list(book.figures())) {
            for (Path figure :
                    figures.filter(file -> file.toString().endsWith(".svg")).toList()) {
                Files.copy(
                        figure,
                        folder.resolve("figures").resolve(figure.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (String file : STYLES) {
            copy(file, folder);
        }
        for (String font : FONTS) {
            copy("fonts/KaTeX_" + font + ".woff2", folder);
        }
        copy("/dev/elbo/handbook/pages/", "handbook.css", folder);
        copy("/dev/elbo/handbook/pages/", "handbook.js", folder);
        return folder.resolve("en").resolve(first(book));
    }

    private static String first(Book book) throws IOException {
        Path file = Objects.requireNonNull(book.pages().get(0).file().getFileName());
        return file.toString().replace(".md", ".html");
    }

    private static String page(Book book, Language language, String markdown) throws IOException {
        Node tree = parse(markdown);
        lead(tree);
        String title = markdown.lines()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .orElse("# Elbo")
                .substring(2);
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Elbo</title>
                <link rel="stylesheet" href="../katex.min.css">
                <link rel="stylesheet" href="../handbook.css">
                <script defer src="../katex.min.js"></script>
                <script defer src="../handbook.js"></script>
                </head>
                <body>
                <nav>%s</nav>
                <main>
                %s
                </main>
                </body>
                </html>
                """.formatted(
                language == Language.EN ? "en" : "zh-CN", title, contents(book, language), RENDERER.render(tree));
    }

    /** A line for each chapter, and one for the other language. */
    private static String contents(Book book, Language language) throws IOException {
        String chapters = book.pages().stream()
                .filter(page -> page.language() == language)
                .map(page -> "<a href=\"%s\">%s</a>"
                        .formatted(
                                page.file().getFileName().toString().replace(".md", ".html"),
                                Outline.chapter(page.chapter()).get(0).number() + " "
                                        + Outline.chapter(page.chapter())
                                                .get(0)
                                                .title()
                                                .in(language)))
                .collect(Collectors.joining("\n"));
        String other = language == Language.EN
                ? "<a lang=\"zh-CN\" data-other=\"zh\">中文</a>"
                : "<a lang=\"en\" data-other=\"en\">English</a>";
        return chapters + "\n" + other;
    }

    /** Links to pages lead to HTML; those to sources, which are not in the site, to the text alone. */
    private static void lead(Node tree) {
        tree.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                String target = link.getDestination();
                if (target.startsWith(REPOSITORY)) {
                    link.setTitle(target.substring(REPOSITORY.length()));
                    link.setDestination("#");
                } else if (!target.contains("://")) {
                    link.setDestination(target.replaceFirst("\\.md(#|$)", ".html$1"));
                }
                visitChildren(link);
            }
        });
    }

    private static String textOf(Node node) {
        return TextContentRenderer.builder().build().render(node);
    }

    private static void copy(String file, Path folder) throws IOException {
        copy(KATEX, file, folder);
    }

    private static void copy(String from, String file, Path folder) throws IOException {
        try (InputStream bytes = Objects.requireNonNull(Site.class.getResourceAsStream(from + file), file)) {
            WholeFile.write(folder.resolve(file), bytes.readAllBytes());
        }
    }

    private static void write(Path file, String html) throws IOException {
        WholeFile.write(file, html.getBytes(StandardCharsets.UTF_8));
    }
}
