package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.PickedWords;
import dev.elbo.model.Restyling;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a trained model of sentences writes. Each call frees all that it computes with.
 *
 * @param field the field of sentences
 * @param tokens what its tokens are
 * @param before what the tokens are that a text is written from; empty of a model that writes without
 * @param styles the names of the styles that sentences are told apart by; none of another model
 * @param device where the model is
 */
public record Texts(
        LatentVariableModel model,
        String field,
        Field.Tokens tokens,
        Optional<Field.Tokens> before,
        List<String> styles,
        Device device) {
    private static final String CONTEXT = "context";

    /**
     * Those of a generator's model.
     *
     * @throws IllegalArgumentException if it is no model of sentences
     */
    public static Texts of(Generator generator) {
        String observed = generator.fields().get(0);
        if (generator.spec().field(observed) instanceof Field.Tokens tokens) {
            List<String> styles = generator.model().restyling().isPresent()
                            && generator.spec().fields().get(WrittenFrom.LABEL) instanceof Field.Category category
                    ? category.names()
                    : List.of();
            Optional<Field.Tokens> before =
                    generator.model().signature().conditions().contains(CONTEXT)
                            ? Optional.of((Field.Tokens) generator.spec().field(CONTEXT))
                            : Optional.empty();
            return new Texts(generator.model(), observed, tokens, before, styles, generator.device());
        }
        throw new IllegalArgumentException("the model makes '" + observed + "', which is no text");
    }

    /**
     * Writes sentences whose latents are drawn from the prior.
     *
     * @param conditions by field, [count, ...]
     * @param temperature of the prior
     */
    public List<String> samples(
            int count, Map<String, HostArray> conditions, double temperature, Writing how, long seed) {
        return inScope(() -> {
            Pass pass = pass(seed);
            Batch given = Batch.of(conditions, device);
            Map<String, Tensor> latents = model.latents(count, given, temperature, pass);
            int each = latents.isEmpty() && conditions.isEmpty() ? count : 1;
            return decoded(written(latents, given, pass).write(each, how, pass.rng()));
        });
    }

    /**
     * Writes what the model makes of sentences: what it writes from the centre of each one's posterior.
     *
     * @throws IllegalArgumentException if the model has no latent variable, or writes under a condition
     */
    public List<String> reconstructions(List<String> sentences, Writing how, long seed) {
        return moved(sentences, new float[0], how, seed);
    }

    /**
     * Writes what becomes of sentences when something is added to their codes: what is written from the sum of the centre of each
     * one's posterior and a way.
     *
     * @param way D numbers, those of all latents one after the other, or none
     * @throws IllegalArgumentException if the model has no latent variable, or writes under a condition
     */
    public List<String> moved(List<String> sentences, float[] way, Writing how, long seed) {
        requireUnconditional();
        return inScope(() -> {
            Pass pass = pass(seed);
            Tensor codes = code(sentences, pass);
            Tensor there = way.length == 0 ? codes : codes.plus(Tensor.of(HostArray.of(way, way.length), device));
            return decoded(
                    written(latents(there), Batch.of(Map.of(), device), pass).write(1, how, pass.rng()));
        });
    }

    /**
     * Writes sentences on the way from one to another.
     *
     * @param steps how many, the ends included
     * @param spherical on the arc between their codes, not on a straight line
     * @throws IllegalArgumentException if the model has no latent variable, or writes under a condition
     */
    public List<String> between(String from, String to, int steps, boolean spherical, Writing how, long seed) {
        requireUnconditional();
        return inScope(() -> {
            Pass pass = pass(seed);
            Tensor ends = code(List.of(from, to), pass);
            Tensor path = spherical
                    ? LatentPath.spherical(ends.get(0, 0), ends.get(0, 1), steps)
                    : LatentPath.linear(ends.get(0, 0), ends.get(0, 1), steps);
            return decoded(
                    written(latents(path), Batch.of(Map.of(), device), pass).write(1, how, pass.rng()));
        });
    }

    /**
     * Writes sentences again in another style.
     *
     * @param from the style of each, by its number
     * @param to the style that is written
     * @throws IllegalArgumentException if the model is none of styles
     */
    public List<String> transferred(List<String> sentences, long[] from, long to, Writing how, long seed) {
        Restyling restyling = restyling();
        return inScope(() -> {
            Pass pass = pass(seed);
            long[] styles = new long[from.length];
            Arrays.fill(styles, to);
            Batch given = Batch.of(
                    Map.of(
                            field,
                            rows(encoded(sentences)),
                            Restyling.SOURCE,
                            HostArray.of(from, from.length),
                            WrittenFrom.LABEL,
                            HostArray.of(styles, styles.length)),
                    device);
            Map<String, Tensor> latents = restyling.latents(given, how.temperature(), pass);
            return decoded(written(latents, given, pass).write(1, how, pass.rng()));
        });
    }

    /**
     * Writes answers to what was said, or what else texts are written from.
     *
     * @param contexts of each the turns before, the last one last
     * @param others fields beside these, [contexts, ...]: a label, if the model is given one
     * @param count how many different draws of z answer each
     * @return of each context, its answers
     * @throws IllegalArgumentException if the model answers nothing, or the last turn of a context has no word or too many
     */
    public List<List<String>> answers(
            List<List<String>> contexts, Map<String, HostArray> others, int count, Writing how, long seed) {
        requireContexts();
        return inScope(() -> {
            Pass pass = pass(seed);
            List<List<String>> each = contexts.stream()
                    .flatMap(context -> Collections.nCopies(count, context).stream())
                    .toList();
            Map<String, HostArray> given = new LinkedHashMap<>(repeated(others, count));
            given.put(CONTEXT, rows(each.stream().map(this::context).toList()));
            Batch conditions = Batch.of(given, device);
            Map<String, Tensor> latents = model.latents(each.size(), conditions, 1, pass);
            List<String> all = decoded(written(latents, conditions, pass).write(1, how, pass.rng()));
            return IntStream.range(0, contexts.size())
                    .mapToObj(i -> all.subList(i * count, (i + 1) * count))
                    .toList();
        });
    }

    private static Map<String, HostArray> repeated(Map<String, HostArray> rows, int count) {
        Map<String, HostArray> repeated = new LinkedHashMap<>();
        rows.forEach((field, labels) -> repeated.put(
                field,
                HostArray.of(
                        Arrays.stream(labels.toLongs())
                                .flatMap(label ->
                                        LongStream.generate(() -> label).limit(count))
                                .toArray(),
                        labels.shape().size(0) * count)));
        return repeated;
    }

    /** The turns before, each with its end; the oldest are left out where the model has not learned from so many words. */
    private long[] context(List<String> turns) {
        int most = before.orElseThrow().longest();
        List<long[]> read = new ArrayList<>();
        int length = 0;
        for (int i = turns.size() - 1; i >= 0; i--) {
            long[] turn = before.get().vocabulary().encodeWritten(turns.get(i));
            if (read.isEmpty() && (turn.length == 1 || turn.length > most)) {
                throw new IllegalArgumentException(
                        turn.length == 1
                                ? "'" + turns.get(i) + "' has no word"
                                : "'" + turns.get(i) + "' has " + (turn.length - 1)
                                        + " words; the model was trained on " + (most - 1)
                                        + " at most before an answer. Shorten it");
            }
            if (length + turn.length > most) {
                break;
            }
            length += turn.length;
            read.add(0, turn);
        }
        return read.stream().flatMapToLong(Arrays::stream).toArray();
    }

    /**
     * That the model writes texts from what is before them.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireContexts() {
        if (before.isEmpty()) {
            throw new IllegalArgumentException("the model answers nothing; train dialogue-cvae on dialogues");
        }
    }

    /**
     * That the model tells styles apart.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireStyles() {
        restyling();
    }

    private Restyling restyling() {
        return model.restyling()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model does not tell styles apart; train style-vae or latent-style-vae"));
    }

    private void requireUnconditional() {
        List<String> conditions = model.signature().conditions();
        if (!conditions.isEmpty()) {
            throw new IllegalArgumentException("the model writes given " + String.join(", ", conditions)
                    + ", which a sentence alone does not tell; transfer says a sentence again in a style, and sentence-vae"
                    + " reads sentences alone");
        }
    }

    /**
     * That the model can read sentences.
     *
     * @throws IllegalArgumentException if one has no word, or more than the model was trained on
     */
    public void requireReadable(List<String> sentences) {
        sentences.forEach(this::encoded);
    }

    /**
     * The codes of sentences, [N, D].
     *
     * @throws IllegalArgumentException if the model has none, or reads sentences under a condition
     */
    public HostArray codes(List<String> sentences) {
        requireUnconditional();
        return inScope(() -> code(sentences, Pass.deterministic()).toHost());
    }

    /** All latents of each as one vector. */
    private Tensor code(List<String> sentences, Pass pass) {
        if (model.signature().latents().isEmpty()) {
            throw new IllegalArgumentException(
                    "the model has no latent variable, so that sentences have no codes;" + " train sentence-vae");
        }
        Map<String, Tensor> codes = model.encode(read(sentences), pass);
        return Tensor.cat(
                -1,
                model.signature().latents().stream()
                        .map(latent -> Objects.requireNonNull(codes.get(latent.name())))
                        .toArray(Tensor[]::new));
    }

    /** The latents of codes, [N, D], by name. */
    private Map<String, Tensor> latents(Tensor codes) {
        Map<String, Tensor> latents = new LinkedHashMap<>();
        long from = 0;
        for (Variable latent : model.signature().latents()) {
            long dims = latent.shape().elements();
            latents.put(latent.name(), codes.narrow(1, from, dims));
            from += dims;
        }
        return latents;
    }

    /**
     * The tokens that sentences begin with which begin with these words.
     *
     * @throws IllegalArgumentException if the model does not know a word, or no word could follow
     */
    public List<Long> beginning(String words) {
        List<String> unknown = unknown(words);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("sentences cannot begin with '" + words
                    + "': the model was not trained on " + String.join(" ", unknown));
        }
        long[] ids = tokens.vocabulary().encodeWritten(words);
        if (ids.length >= tokens.longest()) {
            throw new IllegalArgumentException("'" + words + "' has " + (ids.length - 1)
                    + " words, and the model writes up to " + (tokens.longest() - 1));
        }
        return Arrays.stream(ids).limit(ids.length - 1L).boxed().toList();
    }

    /**
     * A keyword of each of some texts, as a condition.
     *
     * @throws IllegalArgumentException if the model was not trained with keywords, or does not know this one
     */
    public Map<String, HostArray> keyword(String word, int count) {
        if (!(model instanceof Vae vae
                && vae.context() instanceof WrittenFrom from
                && from.source() instanceof PickedWords)) {
            throw new IllegalArgumentException("the model takes no keyword; train poem-vae");
        }
        List<Long> ids = new ArrayList<>(beginning(word));
        ids.add(Vocabulary.UNKNOWN); // as where one word was picked and no other
        long[] row = ids.stream()
                .mapToLong(Long::longValue)
                .limit(Math.max(2, ids.size() - 1))
                .toArray();
        HostArray rows = rows(Collections.nCopies(count, row));
        return Map.of(PickedWords.KEYWORD, rows);
    }

    /** The words of a sentence that the model does not know, and reads as unknown. */
    public List<String> unknown(String sentence) {
        long[] ids = tokens.vocabulary().encodeWritten(sentence);
        List<String> words = tokens.vocabulary().splitWritten(sentence);
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (ids[i] == Vocabulary.UNKNOWN) {
                unknown.add(words.get(i));
            }
        }
        return unknown;
    }

    /**
     * Sentences as the model reads them.
     *
     * @throws IllegalArgumentException if one has no word, or more than the model was trained on
     */
    private Batch read(List<String> sentences) {
        return Batch.of(Map.of(field, rows(encoded(sentences))), device);
    }

    private static HostArray rows(List<long[]> all) {
        int longest = all.stream().mapToInt(ids -> ids.length).max().orElse(1);
        long[] rows = new long[Math.multiplyExact(all.size(), longest)];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, rows, i * longest, all.get(i).length);
        }
        return HostArray.of(rows, all.size(), longest);
    }

    private List<long[]> encoded(List<String> sentences) {
        return sentences.stream().map(this::encoded).toList();
    }

    private long[] encoded(String sentence) {
        long[] ids = tokens.vocabulary().encodeWritten(sentence);
        if (ids.length == 1) {
            throw new IllegalArgumentException("'" + sentence + "' has no word");
        }
        if (ids.length > tokens.longest()) {
            throw new IllegalArgumentException(
                    "a sentence of " + (ids.length - 1) + " words is too long: the model was trained"
                            + " on sentences of up to " + (tokens.longest() - 1) + ". Shorten it: " + sentence);
        }
        return ids;
    }

    private Written written(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Distribution p =
                Objects.requireNonNull(model.decode(latents, conditions, pass).get(field));
        if (p instanceof Written written) {
            return written;
        }
        throw new IllegalArgumentException("the model's likelihood of '" + field + "' does not write token by token");
    }

    private List<String> decoded(Tensor sentences) {
        long[] ids = sentences.toHost().toLongs();
        int length = (int) sentences.size(-1);
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < ids.length; from += length) {
            lines.add(tokens.vocabulary().decode(Arrays.copyOfRange(ids, from, from + length)));
        }
        return lines;
    }

    private Pass pass(long seed) {
        return Pass.evaluation(Rng.seeded(seed, device));
    }

    private static <T> T inScope(Supplier<T> work) {
        try (Scope scope = Scope.open("writing");
                Inference use = Inference.begin()) {
            return work.get();
        }
    }
}
