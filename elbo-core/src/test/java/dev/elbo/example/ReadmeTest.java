package dev.elbo.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show is what the build compiles, and what they link to is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern REGION = Pattern.compile("// @start region=\"readme\"\n(.*)// @end", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theJavaExampleIsTheOneThatIsCompiledAndRun(String readme) throws IOException {
        String example = read("elbo-core/src/test/java/dev/elbo/example/YourImages.java");

        assertThat(code("java", readme)).containsExactlyElementsOf(groups(REGION, example));
    }

    @Test
    void thePythonExampleIsTheScriptThatIsThere() throws IOException {
        assertThat(code("python", "docs/checkpoints.md")).containsExactly(read("docs/python/load_checkpoint.py"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "README.zh-CN.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "docs/architecture.md",
                "docs/checkpoints.md",
                "docs/reproducibility.md"
            })
    void linksLeadToFilesThatAreThere(String document) throws IOException {
        Path file = ROOT.resolve(document);

        assertThat(groups(LINK, read(document)))
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    @Test
    void bothReadmesShowTheSameCommands() throws IOException {
        assertThat(code("", "README.zh-CN.md").filter(ReadmeTest::isCommands))
                .containsExactlyElementsOf(
                        code("", "README.md").filter(ReadmeTest::isCommands).toList());
    }

    private static boolean isCommands(String block) {
        return block.startsWith("./elbo");
    }

    /** The blocks of a language, with the newline at their ends. */
    private static Stream<String> code(String language, String document) throws IOException {
        return BLOCK.matcher(read(document))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2));
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file)).replace("\r\n", "\n");
    }
}
