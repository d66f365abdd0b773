package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.Vae;
import dev.elbo.model.WithoutMarkers;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Markers;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import dev.elbo.train.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says a sentence again in another style. Li et al. (2018), with a VAE for what is said in the place of what was deleted. */
public record StyleVaeRecipe(
        WrittenNetworks networks,

        @About("dimensions of z") int latents,

        @About(
                "how many times as frequent in one style as in the others a word is, or a pair of words, that tells the style")
        double salience,

        Elbo objective)
        implements Recipe {
    private static final double FREE_BITS = 0.1;

    /** Counted beside what was seen, so that a rare word is no marker by chance; λ of Li et al. (2018). */
    private static final double SMOOTHING = 1;

    /** Rows that are counted at once. */
    private static final long PORTION = 4096;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the option that is out of its range
     */
    public StyleVaeRecipe {
        if (latents < 1) {
            throw new IllegalArgumentException("z has one dimension or more; got latents " + latents);
        }
        if (!(salience > 1)) {
            throw new IllegalArgumentException("salience is a factor above 1; got " + salience);
        }
    }

    /** The defaults. */
    public StyleVaeRecipe() {
        this(new WrittenNetworks(128, 192, 0.1), 16, 4, new Elbo(Schedule.constant(1), FREE_BITS));
    }

    @Override
    public String name() {
        return "style-vae";
    }

    @Override
    public String summary() {
        return "sentences said again in another style: delete what tells the style, write the rest anew (after Li et al. 2018)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.TEXT,
                "the style of a sentence is to change, and what it says is not; sentences with a label are there, and no pairs",
                "E_q[−log p(x|z, c, y)] + β KL(q(z|x, c, y) ‖ p(z|c, y)), c = x without what tells y",
                "Li et al. (2018), Delete, Retrieve, Generate, section 3; arXiv:1804.06437. Sohn et al. (2015), Learning Structured"
                        + " Output Representation using Deep Conditional Generative Models, eq. 4");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Field.Tokens tokens = SentenceNetworks.tokens(data);
        int styles = styles(data);
        Markers markers = Markers.of(styles, tokens.vocabulary().size(), initial);
        WrittenFrom from = networks.from(
                new WithoutMarkers(markers, initial.device()), networks.words(tokens, initial), styles, initial);
        Vae model = networks.vae(
                data,
                from,
                List.of(WrittenFrom.LABEL),
                latents,
                networks.likelihood(tokens, from, latents, true, initial),
                initial);
        return new Composition(
                model,
                List.of(new Stage(
                        "training",
                        objective,
                        List.of(),
                        List.of(),
                        Schedule.WHOLE,
                        Optional.of((examples, seed) -> fit(markers, examples)))));
    }

    private static int styles(DataSpec data) {
        List<String> names = WrittenNetworks.classes(data);
        if (names.size() > 1) {
            return names.size();
        }
        throw new IllegalArgumentException("style-vae learns from sentences of two styles or more, and data '"
                + data.name() + "' have " + (names.isEmpty() ? "none" : "one, '" + names.get(0) + "'")
                + ": give a .tsv file whose first line names the columns 'text' and 'label'");
    }

    /** Counts words and pairs by style; those that are {@code salience} times as frequent as in the others become markers. */
    private void fit(Markers markers, Examples examples) {
        Split split = examples.split();
        int styles = (int) markers.words().size(0);
        double[][] words = new double[styles][(int) markers.words().size(1)];
        double[][] pairs = new double[styles][Markers.pairNumbers()];
        var texts = Objects.requireNonNull(split.fields().get(WithoutMarkers.TEXT));
        var labels = Objects.requireNonNull(split.fields().get(WrittenFrom.LABEL));
        long rows = split.size();
        for (long from = 0; from < rows; from += PORTION) {
            long to = Math.min(rows, from + PORTION);
            count(texts.rows(from, to), labels.rows(from, to).toLongs(), words, pairs);
        }
        markers.words().assign(marked(words, markers.words()));
        markers.pairs().assign(marked(pairs, markers.pairs()));
    }

    private static void count(HostArray texts, long[] labels, double[][] words, double[][] pairs) {
        long[] tokens = texts.toLongs();
        int width = tokens.length / labels.length;
        for (int row = 0; row < labels.length; row++) {
            int style = (int) labels[row];
            long before = Vocabulary.BEGIN;
            for (int t = row * width; t < (row + 1) * width; t++) {
                if (tokens[t] > Vocabulary.END) {
                    words[style][(int) tokens[t]]++;
                }
                if (tokens[t] > Vocabulary.END && before > Vocabulary.END) {
                    pairs[style][Markers.pair(before, tokens[t])]++;
                }
                before = tokens[t];
            }
        }
    }

    private Tensor marked(double[][] counts, Tensor like) {
        int styles = counts.length;
        int width = counts[0].length;
        double[] totals = new double[styles];
        for (int style = 0; style < styles; style++) {
            for (double count : counts[style]) {
                totals[style] += count;
            }
        }
        double all = Arrays.stream(totals).sum();
        float[] marks = new float[styles * width];
        for (int style = 0; style < styles; style++) {
            // as if all styles had as many words
            double fair = (all - totals[style]) / Math.max(1, totals[style]);
            for (int i = 0; i < width; i++) {
                double others = 0;
                for (int other = 0; other < styles; other++) {
                    others += other == style ? 0 : counts[other][i];
                }
                double ratio = (counts[style][i] * fair + SMOOTHING) / (others + SMOOTHING);
                marks[style * width + i] = ratio >= salience ? 1 : 0;
            }
        }
        return Tensor.of(HostArray.of(marks, styles, width), like.device());
    }

    @Override
    public TrainingSettings training() {
        return Options.of(new SentenceVaeRecipe().training()).with(Map.of("epochs", "4"));
    }
}
