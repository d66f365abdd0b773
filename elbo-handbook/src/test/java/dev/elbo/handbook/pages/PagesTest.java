package dev.elbo.handbook.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.handbook.draw.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;

/** The pages of the handbook are true to its outline, to the code and to the results. */
class PagesTest {
    private static final Book BOOK = new Book(Path.of("..").toAbsolutePath().normalize());

    @Test
    void nothingIsWrongWithThePages() throws Exception {
        assertThat(BOOK.faults()).isEmpty();
    }

    @Test
    void everyChapterIsThereInBothLanguages() throws Exception {
        for (Language language : Language.values()) {
            assertThat(BOOK.pages().stream()
                            .filter(page -> page.language() == language)
                            .map(Book.Page::chapter))
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void bothLanguagesHaveTheSameFilesFiguresAndCode() throws Exception {
        List<Book.Page> pages = BOOK.pages();
        int chapters = pages.size() / 2;
        for (int i = 0; i < chapters; i++) {
            Book.Page english = pages.get(i);
            Book.Page chinese = pages.get(i + chapters);
            assertThat(chinese.file().getFileName()).isEqualTo(english.file().getFileName());
            assertThat(marks(chinese)).as("%s", chinese.file()).containsExactlyInAnyOrderElementsOf(marks(english));
        }
    }

    /** The figures, the quoted code and the numbers of a page. */
    private static List<String> marks(Book.Page page) throws Exception {
        return Pattern.compile("figures/([\\w-]+)\\.|<!--code (\\S+)-->")
                .matcher(page.text())
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .distinct()
                .toList();
    }

    @Test
    void everyFormulaIsUnderstoodByKatex() throws Exception {
        List<String> faults = new ArrayList<>();
        Context context = Context.enter();
        try {
            context.setLanguageVersion(Context.VERSION_ES6);
            context.setInterpretedMode(true); // interpreted: KaTeX is larger than what one Java method may hold
            ScriptableObject scope = context.initStandardObjects();
            context.evaluateString(scope, katex(), "katex.min.js", 1, null);
            ScriptableObject katex = (ScriptableObject) scope.get("katex", scope);
            Function render = (Function) katex.get("renderToString", katex);
            for (Book.Page page : BOOK.pages()) {
                for (String tex : formulae(page.text())) {
                    try {
                        render.call(context, scope, katex, new Object[] {tex});
                    } catch (RhinoException e) {
                        faults.add(page.file().getFileName() + ": " + tex + ": " + e.details());
                    }
                }
            }
        } finally {
            Context.exit();
        }
        assertThat(faults).isEmpty();
    }

    private static String katex() throws Exception {
        String file = "/META-INF/resources/webjars/katex/0.16.4/dist/katex.min.js";
        try (var script = Objects.requireNonNull(PagesTest.class.getResourceAsStream(file))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> formulae(String markdown) {
        List<String> formulae = new ArrayList<>();
        Site.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                if (node instanceof Mathematics.Formula formula) {
                    formulae.add(formula.tex);
                }
                visitChildren(node);
            }
        });
        return formulae;
    }

    @Test
    void theSiteIsWrittenWithWhatItNeeds(@TempDir Path folder) throws Exception {
        Path first = Site.write(BOOK, folder);

        assertThat(Files.readString(first)).contains("katex.min.js").contains("<html lang=\"en\">");
        assertThat(folder.resolve("fonts/KaTeX_Main-Regular.woff2")).isRegularFile();
        assertThat(folder.resolve("zh").resolve(first.getFileName())).isRegularFile();
    }
}
