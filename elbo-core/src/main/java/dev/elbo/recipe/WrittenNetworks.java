package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.OfFirst;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.CopyingWords;
import dev.elbo.likelihood.PlainWords;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.Signature;
import dev.elbo.model.Vae;
import dev.elbo.model.Variable;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Activation;
import dev.elbo.nn.ContextReader;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Gru;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pooling;
import dev.elbo.nn.SentenceEncoder;
import dev.elbo.nn.Sequential;
import dev.elbo.nn.TurnsReader;
import dev.elbo.nn.WordsReader;
import dev.elbo.option.About;
import dev.elbo.posterior.NormalHead;
import java.util.List;
import java.util.Optional;

/** Networks of sentences that are written from other words, and perhaps given a class. */
record WrittenNetworks(
        @About(
                "networks that read and write: gru, lstm, or transformer(2) with so many blocks, whose words are as wide as hidden")
        SequenceKind network,

        @About("width of a word's vector, and of a label's that is given")
        int embedding,

        @About("units of the networks") int hidden,

        @About("probability with which a word that the decoder reads is hidden in training, in [0, 1)")
        double wordDropout) {

    WrittenNetworks {
        if (embedding < 1 || hidden < 1) {
            throw new IllegalArgumentException(
                    "widths are positive; got embedding " + embedding + " and hidden " + hidden);
        }
        if (!(wordDropout >= 0 && wordDropout < 1)) {
            throw new IllegalArgumentException("wordDropout is in [0, 1); got " + wordDropout);
        }
    }

    /** Without blocks of a transformer, at these sizes. */
    WrittenNetworks(int embedding, int hidden, double wordDropout) {
        this(new SequenceKind.Gru(), embedding, hidden, wordDropout);
    }

    private SequenceKind.Sizes sizes(Field.Tokens tokens) {
        return SentenceNetworks.sizes(tokens, embedding, hidden);
    }

    private long width() {
        return network.width(hidden);
    }

    /** Reads words. */
    ContextReader words(Field.Tokens tokens, Initializer initial) {
        return new WordsReader(network.reader(sizes(tokens), initial));
    }

    /** Reads the turns of a dialogue. */
    ContextReader turns(Field.Tokens tokens, int count, Initializer initial) {
        return new TurnsReader(
                network.reader(sizes(tokens), initial), Gru.of(width(), width(), initial), Vocabulary.END, count);
    }

    /** What sentences are written from, and their class, of so many; 0 for none. */
    WrittenFrom from(WrittenFrom.Source source, ContextReader reader, int classes, Initializer initial) {
        return new WrittenFrom(
                source,
                reader,
                classes == 0 ? Optional.empty() : Optional.of(Embedding.of(classes, embedding, initial)));
    }

    private long known(WrittenFrom from) {
        return width() + (from.label().isPresent() ? embedding : 0);
    }

    /** Reads a sentence, [B, T] → [B, hidden]. */
    SentenceEncoder encoder(Field.Tokens tokens, Initializer initial) {
        return new SentenceEncoder(
                network.reader(sizes(tokens), initial), new Pooling.Largest(), Linear.of(width(), hidden, initial));
    }

    /** p(x | z), with so many latents. */
    SentenceLikelihood likelihood(Field.Tokens tokens, long latents, Initializer initial) {
        return SentenceNetworks.likelihood(network, tokens, sizes(tokens), latents, wordDropout, initial);
    }

    /**
     * p(x | z, c, y).
     *
     * @param copies whether words of c are looked at and copied
     */
    SentenceLikelihood likelihood(
            Field.Tokens tokens, WrittenFrom from, long latents, boolean copies, Initializer initial) {
        int words = tokens.vocabulary().size();
        long all = latents + known(from);
        return new SentenceLikelihood(
                network.decoder(sizes(tokens), all, initial),
                copies ? CopyingWords.of(words, hidden, width(), initial) : PlainWords.of(words, hidden, all, initial),
                wordDropout,
                tokens.longest());
    }

    /**
     * A VAE with p(z | c, y) and q(z | x, c, y), both normal.
     *
     * @param likelihood made with as many latents
     */
    Vae vae(
            DataSpec data,
            WrittenFrom from,
            List<String> conditions,
            int latents,
            Conditional<? extends Distribution> likelihood,
            Initializer initial) {
        long known = known(from);
        SentenceEncoder encoder = encoder(SentenceNetworks.tokens(data), initial);
        return new Vae(
                from,
                new OfFirst<>(new Parameterised<>(List.of(), toNormal(known, latents, initial), new NormalHead()), 1),
                new OfFirst<>(
                        new Parameterised<>(
                                List.of(encoder, Sequential.of()),
                                toNormal(hidden + known, latents, initial),
                                new NormalHead()),
                        2),
                likelihood,
                new Signature(List.of(SentenceNetworks.TEXT), conditions, List.of(Variable.vector(Vae.Z, latents))));
    }

    /** From z and the vector of what is known to the scores of all words. */
    Sequential bag(Field.Tokens tokens, WrittenFrom from, long latents, Initializer initial) {
        return toWidth(latents + known(from), tokens.vocabulary().size(), initial);
    }

    private Sequential toNormal(long from, int latents, Initializer initial) {
        return toWidth(from, 2L * latents, initial);
    }

    private Sequential toWidth(long from, long to, Initializer initial) {
        return Sequential.of(Linear.of(from, hidden, initial), Activation.TANH, Linear.of(hidden, to, initial));
    }

    /**
     * How many styles sentences are told apart by.
     *
     * @param recipe that asks, for the message
     * @throws IllegalArgumentException if there are not two or more
     */
    static int styles(String recipe, DataSpec data) {
        List<String> names = classes(data);
        if (names.size() > 1) {
            return names.size();
        }
        throw new IllegalArgumentException(recipe + " learns from sentences of two styles or more, and data '"
                + data.name() + "' have " + (names.isEmpty() ? "none" : "one, '" + names.get(0) + "'")
                + ": give a .tsv file whose first line names the columns 'text' and 'label'");
    }

    /** The classes of sentences; none if they have no label. */
    static List<String> classes(DataSpec data) {
        return data.fields().get(WrittenFrom.LABEL) instanceof Field.Category classes ? classes.names() : List.of();
    }
}
