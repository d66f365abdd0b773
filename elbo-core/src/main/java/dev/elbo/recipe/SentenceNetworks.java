package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.SentenceLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.SentenceEncoder;
import dev.elbo.option.About;
import java.util.List;

/** Recurrent networks that read and write sentences. */
record SentenceNetworks(
        @About("width of a word's vector") int embedding,

        @About("units of the encoder's GRU in each direction, and of the decoder's")
        int hidden,

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
        return new SentenceNetworks(128, 192, LatentSpace.normal(32), 0.2);
    }

    Vae vae(DataSpec data, Initializer initial) {
        Field.Tokens tokens = tokens(data);
        int words = tokens.vocabulary().size();
        return z.vae(
                new Networks.Observed(TEXT, tokens.shape()),
                List.of(),
                new Parameterised<>(
                        List.of(),
                        SentenceEncoder.of(words, embedding, hidden, z.parameters(), initial),
                        z.head(initial)),
                SentenceLikelihood.of(words, embedding, hidden, z.latents(), wordDropout, tokens.longest(), initial),
                initial);
    }

    /** The sentences of the data. */
    static Field.Tokens tokens(DataSpec data) {
        if (data.field(TEXT) instanceof Field.Tokens tokens) {
            return tokens;
        }
        throw new IllegalArgumentException("field 'text' of data '" + data.name() + "' holds no sentences");
    }
}
