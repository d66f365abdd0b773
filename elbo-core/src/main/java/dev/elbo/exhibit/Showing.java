package dev.elbo.exhibit;

import dev.elbo.data.Field;
import dev.elbo.evaluate.LatentEstimate;
import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * What exhibits are made of: a trained model, and examples to show it on if there are some.
 *
 * @param heldOut examples; none where a run's data are gone
 * @param rates what each latent tells, measured if somebody asks; empty if that is not known
 * @param treatment of the examples, as captions say it; may be empty
 */
public record Showing(
        Generator generator, Optional<HeldOut> heldOut, Supplier<List<LatentEstimate>> rates, String treatment) {
    /** What the model has. */
    public Signature signature() {
        return generator.model().signature();
    }

    /** The field that is shown: the first that the model observes. */
    String field() {
        return signature().observed().get(0);
    }

    Shown shown(Map<String, Shown> made) {
        return Objects.requireNonNull(made.get(field()));
    }

    /**
     * Values of the model's conditions for some examples, as {@code --given} names them.
     *
     * @throws IllegalArgumentException if the model has no such condition, or the data no such value
     */
    public Map<String, HostArray> conditions(Map<String, String> given, int count) {
        return new Conditions(this).of(given, count);
    }

    /** How many of {@code most} things fit beside each other on a page. */
    int columns(int most) {
        Field field = generator.spec().field(field());
        int width = field instanceof Field.Image image
                ? image.width()
                : field instanceof Field.Frames frames ? frames.longest() : 1;
        return Math.max(1, Math.min(most, ImageGrid.PAGE_WIDTH / width));
    }

    /** The latents whose dimensions can be moved, from the top of the model down. */
    List<Variable> vectors() {
        return signature().latents().stream()
                .filter(latent ->
                        latent.kind() == Variable.Kind.VECTOR && latent.shape().rank() == 1)
                .toList();
    }

    /** The columns of a condition that is a table. */
    Optional<Field.Table> table(String field) {
        return generator.spec().fields().get(field) instanceof Field.Table table
                ? Optional.of(table)
                : Optional.empty();
    }

    /** The tokens of a condition that is text. */
    Optional<Field.Tokens> text(String field) {
        return generator.spec().fields().get(field) instanceof Field.Tokens text ? Optional.of(text) : Optional.empty();
    }

    /** Whether a condition is a sound, which nobody names and examples have. */
    boolean isSound(String field) {
        return generator.spec().fields().get(field) instanceof Field.Frames;
    }

    /** The names of a category's classes; numbers from 0 of a class that the model finds by itself; none of another field. */
    List<String> classes(String field) {
        if (generator.spec().fields().get(field) instanceof Field.Category category) {
            return category.names();
        }
        return signature().latents().stream()
                .filter(latent ->
                        latent.kind() == Variable.Kind.CLASS && latent.name().equals(field))
                .flatMap(latent -> LongStream.range(0, latent.codebook()).mapToObj(String::valueOf))
                .toList();
    }

    /** How many examples can be shown where so many are asked for. */
    int atMost(int count) {
        return (int) Math.min(count, heldOut.map(HeldOut::size).orElse(0L));
    }

    /** A sentence that there are fewer examples than are asked for, if that is so. */
    Optional<String> shortage(int count) {
        return heldOut.filter(held -> held.size() < count)
                .map(held -> held.split() + " has " + held.size() + (held.size() == 1 ? " example" : " examples")
                        + "; what there is, is shown");
    }

    /** Why exhibits of held-out examples and their codes cannot be made, if that is so. */
    Optional<String> missingExamples(int count) {
        if (signature().latents().isEmpty()) {
            return Optional.of("the model has no latent variable, so that nothing comes back of an example");
        }
        if (heldOut.isEmpty()) {
            return Optional.of(
                    "this shows examples of the data, and they are not at hand; say with --data where they are");
        }
        long size = heldOut.get().size();
        return size < count
                ? Optional.of(heldOut.get().split() + " has " + size + (size == 1 ? " example; " : " examples; ")
                        + count + " were asked for")
                : Optional.empty();
    }
}
