package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.ContextReader;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The words that a sentence is written from, c, and its class, y, where there is one: a vector of both [B, C], the states of the
 * words [B, S, E], and the words, INT64 [B, S].
 *
 * @param source where c comes from
 * @param reader reads c
 * @param label a vector for each class
 */
public record WrittenFrom(Source source, ContextReader reader, Optional<Embedding> label) implements Context {
    /** The field of classes. */
    public static final String LABEL = "label";

    /** The words that a sentence is written from. */
    public interface Source extends Module {
        /** INT64 [B, S], 0 behind the last. */
        Tensor of(Batch given, Pass pass);

        /** Whether they are a text without what tells its style. */
        default boolean takesStyle() {
            return false;
        }
    }

    /** A field of the data. */
    public record OfField(String field) implements Source {
        @Override
        public Tensor of(Batch given, Pass pass) {
            return given.get(field);
        }
    }

    @Override
    public boolean takesStyle() {
        return source.takesStyle();
    }

    @Override
    public Tensor[] of(Batch given, Pass pass) {
        Tensor words = source.of(given, pass);
        ContextReader.Read read = reader.read(words, pass);
        Tensor vector = label.map(classes -> Tensor.cat(-1, read.vector(), classes.forward(given.get(LABEL), pass)))
                .orElse(read.vector());
        return new Tensor[] {vector, read.states(), words};
    }
}
