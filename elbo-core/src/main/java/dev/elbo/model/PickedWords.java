package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.data.Vocabulary;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Two neighbouring words of a text, picked by chance in training, from which the text is then written: so that a keyword can be
 * asked for. Of one example in two none is picked, nor of any when it is evaluated; then, and where a word would be an end, an unknown
 * word stands there.
 *
 * <p>Fields: {@code text}, to pick from, {@code label}, the form, and {@code keyword}, INT64 [B, S], what is asked for.
 */
public record PickedWords(Device device) implements WrittenFrom.Source {
    /** The field of words that are asked for. */
    public static final String KEYWORD = "keyword";

    private static final int COUNT = 2;

    private static final double SHARE = 0.5;

    @Override
    public Tensor of(Batch given, Pass pass) {
        if (given.fields().containsKey(KEYWORD)) {
            return given.get(KEYWORD);
        }
        long examples = given.get(WrittenFrom.LABEL).size(0);
        Tensor none = Tensor.zeros(DType.INT64, device, Shape.of(examples, COUNT))
                .plus((double) Vocabulary.UNKNOWN)
                .to(DType.INT64);
        if (!pass.training() || !given.fields().containsKey(WithoutMarkers.TEXT)) {
            return none;
        }
        Tensor text = given.get(WithoutMarkers.TEXT);
        Tensor chance = pass.rng().uniform(Shape.of(examples, COUNT)); // whether, and where
        Tensor words = text.greaterThan((double) Vocabulary.END)
                .to(DType.FLOAT32)
                .sum(-1)
                .unsqueeze(-1);
        Tensor first = chance.narrow(1, 1, 1).times(words).floor().to(DType.INT64);
        Tensor second = first.plus(1).to(DType.INT64); // there is an end behind the last word
        Tensor picked = text.gather(1, Tensor.cat(1, first, second));
        Tensor isTaken = chance.narrow(1, 0, 1).lessThan(SHARE).and(picked.greaterThan((double) Vocabulary.END));
        return isTaken.where(picked, none);
    }
}
