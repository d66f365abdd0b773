package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PlainWords;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.SentenceEncoder;
import dev.elbo.option.About;
import java.util.List;

/** Networks that read and write sentences. */
record SentenceNetworks(
        @About(
                "networks that read and write: gru, lstm, or transformer(2) with so many blocks, whose words are as wide as hidden")
        SequenceKind network,

        @About("width of a word's vector, for recurrent networks")
        int embedding,

        @About("units of the encoder in each direction, and of the decoder")
        int hidden,

        @About("how the encoder's states of words become one vector: max, mean or attention")
        PoolingKind pooling,

        LatentSpace z,

        @About("probability with which a word that the decoder reads is hidden in training, in [0, 1)")
        double wordDropout) {
    static final String TEXT = "text";

    SentenceNetworks {
        if (embedding < 1 || hidden < 1) {
            throw new IllegalArgumentException(
                    "widths are positive; got embedding " + embedding + " and hidden " + hidden);
        }
        if (!(wordDropout >= 0 && wordDropout < 1)) {
            throw new IllegalArgumentException("wordDropout is in [0, 1); got " + wordDropout);
        }
    }

    static SentenceNetworks standard() {
        return new SentenceNetworks(new SequenceKind.Gru(), 128, 192, PoolingKind.MAX, LatentSpace.normal(32), 0.2);
    }

    Vae vae(DataSpec data, Initializer initial) {
        Field.Tokens tokens = tokens(data);
        SequenceKind.Sizes sizes = sizes(tokens, embedding, hidden);
        long width = network.width(hidden);
        SentenceEncoder encoder = new SentenceEncoder(
                network.reader(sizes, initial), pooling.of(width, initial), Linear.of(width, z.parameters(), initial));
        return z.vae(
                new Networks.Observed(TEXT, tokens.shape()),
                List.of(),
                new Parameterised<>(List.of(), encoder, z.head(initial)),
                likelihood(network, tokens, sizes, z.latents(), wordDropout, initial),
                initial);
    }

    static SequenceKind.Sizes sizes(Field.Tokens tokens, int embedding, int hidden) {
        return new SequenceKind.Sizes(tokens.vocabulary().size(), embedding, hidden, tokens.longest());
    }

    /**
     * p(x | z), word by word.
     *
     * @param known dimensions of z
     */
    static SentenceLikelihood likelihood(
            SequenceKind network,
            Field.Tokens tokens,
            SequenceKind.Sizes sizes,
            long known,
            double wordDropout,
            Initializer initial) {
        return new SentenceLikelihood(
                network.decoder(sizes, known, initial),
                PlainWords.of(sizes.words(), sizes.hidden(), known, initial),
                wordDropout,
                tokens.longest());
    }

    /** The sentences of the data. */
    static Field.Tokens tokens(DataSpec data) {
        if (data.field(TEXT) instanceof Field.Tokens tokens) {
            return tokens;
        }
        throw new IllegalArgumentException("field 'text' of data '" + data.name() + "' holds no sentences");
    }
}
