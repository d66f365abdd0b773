package dev.elbo.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Poems of the Tang and Song in traditional characters, as the collection chinese-poetry has them: those of four or eight lines of
 * five or seven characters. The label is the form: "5x4" are four lines of five. Every 20th poem is to judge by.
 */
final class Poems {
    private static final String NAME = "poems";
    private static final String FILE = "poems.json";
    private static final String CREDIT = "chinese-poetry by its contributors, MIT";
    private static final int TEST = 20;

    /** Characters and punctuation of eight lines of seven. */
    private static final int LONGEST = 64;

    private static final Set<String> FORMS = Set.of("5x4", "7x4", "5x8", "7x8");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Poems() {}

    /** The collection's poems of the Tang and the Song. */
    static DataSet poems() {
        return new DataSet(
                NAME,
                "regular verse of Tang and Song, with its form",
                CREDIT,
                "MIT",
                DataSet.licence(NAME),
                85_500_000,
                List.of(new DataFile(
                        FILE, 134_710_698, "74ecd7f1237cbc830bd5b8e93b362aa4182a5e8907fa6a1bb8cf3203f03b3c20")),
                List.of(new NpmFiles(
                        "chinese-poetry@2.0.1", "package/dist/quantangshi/poet\\.(tang|song)\\.\\d+\\.json")),
                (folder, options) -> open(folder.resolve(FILE), options, TEST));
    }

    /**
     * The poems of a file of JSON arrays, one after the other. A poem is kept whole: where nothing is said of the longest, it is the
     * longest poem.
     *
     * @param every which of them are to judge by: the last of every so many
     */
    static DataSource open(Path file, Reading options, int every) throws IOException {
        Reading whole = options.longest() == Reading.standard().longest()
                ? options.texts(LONGEST, options.maxWords(), options.minCount())
                : options;
        Parting poems = new Parting(every, Grouping.ALONE, whole);
        Set<String> seen = new HashSet<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    String text = text(json.readValueAsTree());
                    VerseForm.of(text)
                            .filter(form -> FORMS.contains(form) && seen.add(text))
                            .ifPresent(form -> poems.next().add(text, form));
                }
            }
        } catch (JacksonException damage) {
            throw new InvalidFileException(
                    file.toString(), "is no JSON of poems", InvalidFileException.REPLACE, damage);
        }
        return poems.source(file, NAME, CREDIT);
    }

    private static String text(JsonNode poem) {
        StringJoiner text = new StringJoiner("");
        poem.path("paragraphs").forEach(line -> text.add(line.asText()));
        return text.toString();
    }
}
