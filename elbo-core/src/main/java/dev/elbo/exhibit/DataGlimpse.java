package dev.elbo.exhibit;

import dev.elbo.data.DataSource;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.figure.Spectrograms;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Some examples of data as people see them, spread evenly over those to learn from: before anything is trained.
 *
 * @param fields what they are, by name
 * @param some the examples
 */
public record DataGlimpse(Map<String, Field> fields, Split some) {
    /** The characters that are shown of a line. */
    private static final int LINE = 100;

    private static final String CONTEXT = "context";

    /** At most so many of a source's examples. */
    public static DataGlimpse of(DataSource source, int most) {
        Split train = source.train();
        long count = Math.min(most, train.size());
        return new DataGlimpse(
                source.spec().fields(),
                train.select(LongStream.range(0, count)
                        .map(i -> i * train.size() / count)
                        .toArray()));
    }

    /** Images, [N, C, H, W] as they are shown; nothing without any. */
    public Optional<HostArray> images() {
        return fields.entrySet().stream()
                .filter(field -> field.getValue() instanceof Field.Image)
                .findFirst()
                .flatMap(field -> Generator.show(
                                field.getValue(), some.field(field.getKey()).toHost())
                        .pictures());
    }

    /** Spectra of recordings, [N, 3, H, W]; nothing without any. */
    public Optional<HostArray> spectra() {
        return fields.entrySet().stream()
                .filter(field -> field.getValue() instanceof Field.Frames frames
                        && frames.analysis().isPresent())
                .findFirst()
                .map(field -> Spectrograms.pictures(spectra(field.getKey())));
    }

    /** The spectra of some recordings, without padding. */
    private List<HostArray> spectra(String field) {
        long[] lengths = some.lengths(field);
        HostArray rows = some.field(field).toHost();
        return IntStream.range(0, lengths.length)
                .mapToObj(i -> rows.rows(i, i + 1)
                        .reshape(rows.shape().size(1), rows.shape().size(2))
                        .rows(0, lengths[i]))
                .toList();
    }

    /** A line for each: a text, what was said before and the answer, a recording with its voice, a row of numbers; nothing of images alone. */
    public Optional<List<String>> lines() {
        if (fields.get(CONTEXT) instanceof Field.Tokens context && fields.get("text") instanceof Field.Tokens text) {
            List<String> said = turns(some.field(CONTEXT).toHost(), context);
            List<String> answers = turns(some.field("text").toHost(), text);
            return Optional.of(IntStream.range(0, said.size())
                    .mapToObj(i -> said(said.get(i), answers.get(i)))
                    .toList());
        }
        if (fields.get("sound") instanceof Field.Frames sound && fields.containsKey("voice")) {
            return Optional.of(recordings(sound));
        }
        return fields.entrySet().stream()
                .filter(field -> field.getValue() instanceof Field.Tokens
                        || field.getKey().equals("row"))
                .map(field -> Generator.show(
                        field.getValue(), some.field(field.getKey()).toHost()))
                .filter(Shown.Text.class::isInstance)
                .map(shown -> ((Shown.Text) shown)
                        .lines().stream().map(DataGlimpse::shortened).toList())
                .findFirst();
    }

    /** As in "anna/17.wav: anna, 1.32 s: good morning". */
    private List<String> recordings(Field.Frames sound) {
        List<String> voices = lines("voice");
        List<String> texts = lines("text");
        long[] lengths = some.lengths("sound");
        return IntStream.range(0, lengths.length)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%s: %s, %.2f s%s",
                        some.names().get(i),
                        voices.get(i),
                        lengths[i] / sound.rateHz(),
                        texts.isEmpty() ? "" : ": " + texts.get(i)))
                .map(DataGlimpse::shortened)
                .toList();
    }

    /** The values of a field in words; none without such a field. */
    private List<String> lines(String name) {
        return Optional.ofNullable(fields.get(name))
                .map(field -> Generator.show(field, some.field(name).toHost()))
                .map(shown -> ((Shown.Text) shown).lines())
                .orElse(List.of());
    }

    /** Rows of several sentences, with strokes between these. */
    private static List<String> turns(HostArray rows, Field.Tokens field) {
        long[] ids = rows.toLongs();
        return IntStream.range(0, ids.length / field.longest())
                .mapToObj(row -> Arrays.copyOfRange(ids, row * field.longest(), (row + 1) * field.longest()))
                .map(row -> String.join(" / ", field.vocabulary().decodeAll(row)))
                .toList();
    }

    /** The end of the context is what matters to the answer. */
    private static String said(String context, String answer) {
        int half = LINE / 2;
        String last = context.length() <= half ? context : "…" + context.substring(context.length() - half + 1);
        return last + " → " + (answer.length() <= half ? answer : answer.substring(0, half - 1) + "…");
    }

    private static String shortened(String line) {
        return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
    }
}
