package dev.elbo.handbook.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is quoted into pages. */
class QuotedTest {
    @Test
    void linesOfAFileReplaceThoseInThePage(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("train.log"), "one\ntwo\nthree\n");

        assertThat(new QuotedText(root).refreshed("<!--text train.log 2-3-->\n```\nold\n```\nafter"))
                .isEqualTo("<!--text train.log 2-3-->\n```\ntwo\nthree\n```\nafter");
    }

    @Test
    void linesThatAreNotThereAreRefused(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("train.log"), "one\n");

        assertThatThrownBy(() -> new QuotedText(root).refreshed("<!--text train.log 1-2-->\n```\n```"))
                .hasMessage("train.log has 1 lines; 1 to 2 cannot be quoted");
    }

    @Test
    void aMethodIsQuotedFromItsHeadAndNotFromWhereItIsCalled(@TempDir Path root) throws Exception {
        Path source =
                Files.createDirectories(root.resolve("module/src/main/java")).resolve("A.java");
        Files.writeString(source, """
                class A {
                    int a() {
                        return f(
                                b(1),
                                2);
                    }

                    int b(int x) {
                        return x;
                    }
                }
                """);

        assertThat(new QuotedCode(root).refreshed("<!--code A#b-->\n```java\n```"))
                .isEqualTo("<!--code A#b-->\n```java\nint b(int x) {\n    return x;\n}\n```");
    }
}
