package dev.elbo.handbook.pages;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Formulae in TeX: {@code $…$} within a line, {@code $$…$$} by itself. They become elements of class {@code math}, whose text is
 * the TeX, for KaTeX to draw.
 */
final class Mathematics implements Parser.ParserExtension, HtmlRenderer.HtmlRendererExtension {

    /** A formula. */
    static final class Formula extends CustomNode {
        final String tex;
        final boolean display;

        Formula(String tex, boolean display) {
            this.tex = tex;
            this.display = display;
        }
    }

    @Override
    public void extend(Parser.Builder parser) {
        parser.customInlineContentParserFactory(new Factory());
    }

    @Override
    public void extend(HtmlRenderer.Builder renderer) {
        renderer.nodeRendererFactory(Renderer::new);
    }

    private static final class Factory implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$');
        }

        @Override
        public InlineContentParser create() {
            return Mathematics::parse;
        }
    }

    /** By Pandoc's rule: no space after the opening dollar nor before the closing one, and no digit behind it. */
    private static ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        scanner.next();
        boolean display = scanner.next('$');
        Position start = scanner.position();
        while (scanner.hasNext()) {
            if (scanner.peek() == '`' && !display) {
                return ParsedInline.none();
            }
            if (scanner.peek() == '\\') {
                scanner.next();
                scanner.next();
                continue;
            }
            if (scanner.peek() == '$') {
                String tex = scanner.getSource(start, scanner.position()).getContent();
                scanner.next();
                boolean closed = !display || scanner.next('$');
                boolean price =
                        !display && (tex.isBlank() || !tex.strip().equals(tex) || Character.isDigit(scanner.peek()));
                return closed && !price
                        ? ParsedInline.of(new Formula(tex, display), scanner.position())
                        : ParsedInline.none();
            }
            scanner.next();
        }
        return ParsedInline.none();
    }

    private static final class Renderer implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Renderer(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Formula.class);
        }

        @Override
        public void render(Node node) {
            Formula formula = (Formula) node;
            var html = context.getWriter();
            html.tag("span", Map.of("class", formula.display ? "math display" : "math"));
            html.text(formula.tex);
            html.tag("/span");
        }
    }
}
