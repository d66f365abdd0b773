package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedTextsTest {
    private static final Reading ALL = Reading.standard().texts(30, 100, 1);

    private static final String QUATRAIN = "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。";

    @TempDir
    Path folder;

    @Test
    void theFormOfAPoemIsToldByItsLines() {
        assertThat(VerseForm.of(QUATRAIN)).contains("5x4");
        assertThat(VerseForm.of(QUATRAIN.repeat(2))).contains("5x8");
        assertThat(VerseForm.of("兩個黃鸝鳴翠柳，一行白鷺上青天。".repeat(2))).contains("7x4");
        assertThat(VerseForm.of("𠀀前明月光，疑是地上霜。舉頭望明月？低頭思故鄉！")).contains("5x4"); // two chars of Java, one of the poem
        assertThat(VerseForm.of("床前明月光，")).contains("5x1");
        assertThat(VerseForm.of(QUATRAIN.repeat(3))).contains("5x12");
        assertThat(VerseForm.isKept(QUATRAIN, "5x4")).isTrue();
        assertThat(VerseForm.isKept(QUATRAIN, "7x4")).isFalse();
        assertThat(VerseForm.isKept("whatever", "positive")).isTrue();
        assertThat(List.of("", QUATRAIN + "兩", "床前明月，疑是地上霜。".repeat(2)))
                .allSatisfy(other -> assertThat(VerseForm.of(other)).isEqualTo(Optional.empty()));
        assertThat(VerseForm.of(QUATRAIN.replace("前", "□"))).isEmpty();
    }

    @Test
    void poemsAreReadOnceFromArraysOneAfterTheOther() throws IOException {
        String first =
                "{\"author\": \"李白\", \"tags\": {\"a\": 1}, \"paragraphs\": [\"床前明月光，疑是地上霜。\"," + " \"舉頭望明月，低頭思故鄉。\"]}";
        String irregular = "{\"paragraphs\": [\"床前，\"]}";
        String second = first.replace("床", "窗");
        Path file = Files.writeString(
                folder.resolve("poems.json"), "[" + first + "," + irregular + "]\n[" + first + "," + second + "]");
        DataSource source = Poems.open(file, ALL, 2);
        Field.Tokens text = (Field.Tokens) source.spec().field("text");

        assertThat(source.train().size()).isEqualTo(1);
        assertThat(source.test().orElseThrow().size()).isEqualTo(1);
        assertThat(source.spec().field("label").names()).containsExactly("5x4");
        assertThat(text.vocabulary()
                        .decode(source.train().field("text").toHost().toLongs()))
                .isEqualTo(QUATRAIN);
    }

    @Test
    void damagedPoemsAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("poems.json"), "[{\"paragraphs\": [");

        assertThatIOException()
                .isThrownBy(() -> Poems.open(file, ALL, 2))
                .withMessageStartingWith(file + " is no JSON");
    }

    @Test
    void aReviewIsReadOnceInWordsOfJieba() throws IOException {
        Files.writeString(folder.resolve("neg.txt"), "房间很小\n\n房间很小\n服务很差\n");
        Files.writeString(folder.resolve("pos.txt"), "房间很大\n服务很好\n");
        DataSource source = Reviews.open(folder, ALL, 2);
        Field.Tokens text = (Field.Tokens) source.spec().field("text");

        assertThat(text.vocabulary().tokeniser()).isEqualTo(Tokeniser.JIEBA);
        assertThat(source.train().field("label").toHost().toLongs()).containsExactly(0, 1);
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(0, 1);
        assertThat(text.vocabulary().words()).extracting(Vocabulary.Word::text).contains("房间");
        assertThat(((Field.Tokens) Reviews.open(folder, ALL.tokens(Tokeniser.CHARACTERS), 2)
                                .spec()
                                .field("text"))
                        .vocabulary()
                        .tokeniser())
                .isEqualTo(Tokeniser.CHARACTERS);
    }

    @Test
    void aGlossIsADefinitionWithoutItsExamples() throws IOException {
        Path file = Files.writeString(folder.resolve("data.noun"), """
                  1 This software | and database
                00001740 03 n 01 entity 0 000 | that which is; "it was "there""
                00001741 03 n 01 other 0 000 | that which is not; or was
                """);
        DataSource source = Glosses.open(List.of(file), ALL, 2);
        Field.Tokens text = (Field.Tokens) source.spec().field("text");

        assertThat(source.train().size()).isEqualTo(1);
        assertThat(text.vocabulary()
                        .decode(source.train().field("text").toHost().toLongs()))
                .isEqualTo("that which is");
        assertThat(source.test().orElseThrow().lengths("text")).containsExactly(8);
    }
}
