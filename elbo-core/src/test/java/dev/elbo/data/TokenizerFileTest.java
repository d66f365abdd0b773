package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {
    private static final String FILE = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁",
             "prepend_scheme": "always", "split": true}, "post_processor": null,
             "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
             "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
             "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false,
             "vocab": {"<unk>": 0, "▁": 1, "a": 2, "b": 3, "c": 4, "▁a": 5, "bc": 6},
             "merges": [["▁", "a"], ["b", "c"]]}}
            """;

    @TempDir
    Path folder;

    private Tokeniser tokeniser() throws IOException {
        return Tokeniser.parse(
                Files.writeString(folder.resolve("tokenizer.json"), FILE).toString());
    }

    @Test
    void sentencesHaveThePiecesOfTheFile() throws IOException {
        assertThat(tokeniser().split("Abc a  cz")).containsExactly("▁a", "bc", "▁a", "▁", "▁", "c", "<unk>");
        assertThat(tokeniser().join(List.of("▁a", "bc", "▁a"))).isEqualTo("abc a");
        assertThat(tokeniser().join(List.of("▁a", "<unk>", "bc"))).isEqualTo("a <unk> bc");
    }

    @Test
    void aRunThatKeepsItsContentIsOpenedWithoutTheFile() throws IOException {
        Tokeniser tokeniser = tokeniser();
        Vocabulary vocabulary = tokeniser.vocabulary(
                tokeniser.units("a bc").stream().collect(Collectors.toMap(unit -> unit, unit -> 1L)), 9, 1);
        DataSpec spec = new DataSpec("a", Map.of("text", new Field.Tokens(vocabulary, 9)), "");
        String json = spec.toJson().toString();
        Files.delete(folder.resolve("tokenizer.json"));
        Vocabulary read =
                ((Field.Tokens) DataSpec.of(new ObjectMapper().readTree(json)).field("text")).vocabulary();

        assertThat(read).isEqualTo(vocabulary);
        assertThat(read.decode(read.encode("BC a"))).isEqualTo("bc a");
    }

    @Test
    void aFileThatIsMissedIsNamedWhenItIsUsed() {
        Tokeniser missing = Tokeniser.parse(folder.resolve("other.json").toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> missing.split("a"))
                .withMessageContaining(folder.resolve("other.json") + ": the file cannot be read");
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("package.json"), "{\"name\": \"a\"}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokeniser.parse(file.toString()).split("a"))
                .withMessageContaining("this is no file tokenizer.json of Hugging Face's Tokenizers");
    }
}
