package dev.elbo.generate;

import dev.elbo.data.Batch;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.StyleVae;
import dev.elbo.model.Vae;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a trained model of sentences writes. Each call frees all that it computes with.
 *
 * @param field the field of sentences
 * @param tokens what its tokens are
 * @param styles the names of the styles that sentences are told apart by; none of another model
 * @param device where the model is
 */
public record Texts(LatentVariableModel model, String field, Field.Tokens tokens, List<String> styles, Device device) {

    /**
     * Those of a generator's model.
     *
     * @throws IllegalArgumentException if it is no model of sentences
     */
    public static Texts of(Generator generator) {
        String observed = generator.fields().get(0);
        if (generator.spec().field(observed) instanceof Field.Tokens tokens) {
            List<String> styles = generator.model() instanceof StyleVae
                            && generator.spec().fields().get(StyleVae.LABEL) instanceof Field.Category category
                    ? category.names()
                    : List.of();
            return new Texts(generator.model(), observed, tokens, styles, generator.device());
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
            int each = latents.isEmpty() ? count : 1;
            return decoded(written(latents, given, pass).write(each, how, pass.rng()));
        });
    }

    /**
     * Writes what the model makes of sentences: what it writes from the centre of each one's posterior.
     *
     * @throws IllegalArgumentException if the model has no latent variable, or writes under a condition
     */
    public List<String> reconstructions(List<String> sentences, Writing how, long seed) {
        requireUnconditional();
        return inScope(() -> {
            Pass pass = pass(seed);
            return decoded(written(Map.of(Vae.Z, code(sentences, pass)), Batch.of(Map.of(), device), pass)
                    .write(1, how, pass.rng()));
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
            return decoded(written(Map.of(Vae.Z, path), Batch.of(Map.of(), device), pass)
                    .write(1, how, pass.rng()));
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
        requireStyles();
        return inScope(() -> {
            Pass pass = pass(seed);
            long[] styles = new long[from.length];
            Arrays.fill(styles, to);
            Batch given = Batch.of(
                    Map.of(
                            field,
                            rows(sentences),
                            StyleVae.SOURCE,
                            HostArray.of(from, from.length),
                            StyleVae.LABEL,
                            HostArray.of(styles, styles.length)),
                    device);
            Map<String, Tensor> latents = model.latents(sentences.size(), given, how.temperature(), pass);
            return decoded(written(latents, given, pass).write(1, how, pass.rng()));
        });
    }

    /**
     * That the model tells styles apart.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireStyles() {
        if (!(model instanceof StyleVae)) {
            throw new IllegalArgumentException("the model does not tell styles apart; train style-vae");
        }
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
     * @throws IllegalArgumentException if the model has none
     */
    public HostArray codes(List<String> sentences) {
        return inScope(() -> code(sentences, Pass.deterministic()).toHost());
    }

    private Tensor code(List<String> sentences, Pass pass) {
        Tensor code = model.encode(read(sentences), pass).get(Vae.Z);
        if (code == null) {
            throw new IllegalArgumentException(
                    "the model has no latent variable, so that sentences have no codes;" + " train sentence-vae");
        }
        return code;
    }

    /** The words of a sentence that the model does not know, and reads as unknown. */
    public List<String> unknown(String sentence) {
        long[] ids = tokens.vocabulary().encode(sentence);
        List<String> words = tokens.vocabulary().split(sentence);
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
        return Batch.of(Map.of(field, rows(sentences)), device);
    }

    private HostArray rows(List<String> sentences) {
        List<long[]> all = sentences.stream().map(this::encoded).toList();
        int longest = all.stream().mapToInt(ids -> ids.length).max().orElse(1);
        long[] rows = new long[Math.multiplyExact(all.size(), longest)];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, rows, i * longest, all.get(i).length);
        }
        return HostArray.of(rows, all.size(), longest);
    }

    private long[] encoded(String sentence) {
        long[] ids = tokens.vocabulary().encode(sentence);
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
