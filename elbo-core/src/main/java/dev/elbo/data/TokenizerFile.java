package dev.elbo.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokeniser of a file tokenizer.json, as the library Tokenizers of Hugging Face writes it. A run keeps the file's content, and is
 * opened without the file. No special tokens are added.
 */
final class TokenizerFile implements Tokeniser {
    /** What it is called in a run's files. */
    static final String NAME = "tokenizer.json";

    private static final String CONTENT = "tokenizer";
    private static final String UNKNOWN = "<unk>";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private @Nullable String content;
    private @Nullable Opened opened;

    private TokenizerFile(String path, @Nullable String content) {
        this.path = path;
        this.content = content;
    }

    /** The tokeniser of a file, which is read when it is first used: a run that was trained with it may be elsewhere. */
    static TokenizerFile at(String path) {
        return new TokenizerFile(Path.of(path).toAbsolutePath().normalize().toString(), null);
    }

    /** The tokeniser that was written. */
    static TokenizerFile of(JsonNode json) {
        return new TokenizerFile(NAME, FieldJson.text(json, CONTENT));
    }

    @Override
    public void writeTo(ObjectNode json) {
        json.put("tokens", NAME).put(CONTENT, content());
    }

    @Override
    public List<String> split(String sentence) {
        return List.of(opened().tokenizer.encode(sentence, false, false).getTokens());
    }

    @Override
    public List<String> units(String sentence) {
        return split(sentence);
    }

    @Override
    public List<String> tokens(String unit) {
        return List.of(unit);
    }

    @Override
    public Vocabulary vocabulary(Map<String, Long> units, int most, int minCount) {
        return Vocabulary.of(units, most, minCount, this);
    }

    /** Runs of tokens that the file knows are decoded by it; others stay as they are. */
    @Override
    public String join(List<String> tokens) {
        StringBuilder sentence = new StringBuilder();
        List<Long> run = new ArrayList<>();
        for (String token : tokens) {
            Long id = opened().ids.get(token);
            if (id != null) {
                run.add(id);
            } else {
                sentence.append(decoded(run)).append(' ').append(token).append(' ');
                run.clear();
            }
        }
        return sentence.append(decoded(run)).toString().strip();
    }

    private String decoded(List<Long> ids) {
        return opened().tokenizer.decode(ids.stream().mapToLong(Long::longValue).toArray(), true);
    }

    /** A tokeniser at work. */
    private record Opened(HuggingFaceTokenizer tokenizer, Map<String, Long> ids) {}

    private synchronized Opened opened() {
        if (opened == null) {
            opened = open(content());
        }
        return opened;
    }

    private synchronized String content() {
        if (content == null) {
            content = read();
        }
        return content;
    }

    private String read() {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "tokens=" + path + ": the file cannot be read (" + unreadable.getMessage()
                            + "); give the path of a file tokenizer.json, or choose tokens=words",
                    unreadable);
        }
    }

    private Opened open(String json) {
        System.setProperty("OPT_OUT_TRACKING", "true"); // the library would tell its makers of its use
        System.setProperty(
                "DJL_CACHE_DIR",
                DataCache.home(System.getenv()).resolve("tokenizers").toString()); // its native code
        System.setProperty("ai.djl.offline", "true"); // nothing is to be fetched
        try {
            Map<String, Long> ids = ids(JSON.readTree(json));
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
            return new Opened(tokenizer, ids);
        } catch (JacksonException | RuntimeException damage) {
            throw new IllegalArgumentException(
                    "tokens=" + path + ": this is no file tokenizer.json of Hugging Face's Tokenizers ("
                            + String.valueOf(damage.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + ")",
                    damage);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is read from memory
        }
    }

    /** By piece: an object of numbers, or of Unigram models a list of pieces with their scores; and what was added to them. */
    private static Map<String, Long> ids(JsonNode json) {
        Map<String, Long> ids = new HashMap<>();
        JsonNode pieces = json.path("model").path("vocab");
        if (pieces.isArray()) {
            pieces.forEach(piece -> ids.put(piece.path(0).asText(), (long) ids.size()));
        } else {
            pieces.properties()
                    .forEach(piece -> ids.put(piece.getKey(), piece.getValue().asLong()));
        }
        json.path("added_tokens")
                .forEach(added ->
                        ids.put(added.path("content").asText(), added.path("id").asLong()));
        ids.remove(UNKNOWN); // is written, and the file would leave it out
        return ids;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenizerFile file
                && ((path.equals(file.path) && !path.equals(NAME)) || content().equals(file.content()));
    }

    @Override
    public int hashCode() {
        return TokenizerFile.class.hashCode(); // files of other paths may be the same
    }

    /** As in settings: the path of the file. */
    @Override
    public String toString() {
        return path;
    }
}
