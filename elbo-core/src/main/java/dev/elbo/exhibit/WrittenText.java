package dev.elbo.exhibit;

import dev.elbo.data.Field;
import dev.elbo.generate.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lines that a model of text writes.
 *
 * @param name of the file that they are written to, without its ending
 * @param lines what is written
 */
public record WrittenText(String name, Function<Texts, List<String>> lines) implements Exhibit {

    @Override
    public Optional<String> obstacle(Showing showing) {
        return showing.generator().spec().field(showing.field()) instanceof Field.Tokens
                ? Optional.empty()
                : Optional.of("this writes text, and the run's model makes '" + showing.field()
                        + "', which is none; train a model of text, such as sentence-vae");
    }

    @Override
    public Piece of(Showing showing) {
        return new Piece.Writing(lines.apply(Texts.of(showing.generator())));
    }
}
