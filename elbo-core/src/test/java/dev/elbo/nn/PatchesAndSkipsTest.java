package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a transformer over patches is made of, and decoders of which each layer reads z. */
@ExtendWith(InAScope.class)
class PatchesAndSkipsTest {
    private final Rng rng = Rng.seeded(1, Device.CPU);
    private final Initializer initial = new Initializer(rng, Device.CPU);

    private static Tensor out(Layer layer, Tensor x) {
        return layer.forward(x, Pass.deterministic());
    }

    private static double difference(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        return a.minus(b).abs().max().item();
    }

    /** softmax(q kᵀ / √d) v of each head, by products of matrices. */
    @Test
    void eachHeadLooksByItself() {
        int width = 6;
        int heads = 2;
        MultiHeadAttention attention = MultiHeadAttention.of(width, heads, initial);
        Tensor x = rng.normal(Shape.of(3, 5, width));
        Tensor all = out(attention.looks(), x);
        Tensor[] seen = new Tensor[heads];
        for (int h = 0; h < heads; h++) {
            Tensor q = all.narrow(-1, 3L * h, 3);
            Tensor k = all.narrow(-1, width + 3L * h, 3);
            Tensor v = all.narrow(-1, 2L * width + 3L * h, 3);
            seen[h] =
                    q.matmul(k.transpose(-2, -1)).over(Math.sqrt(3)).softmax(-1).matmul(v);
        }
        Tensor expected = out(attention.out(), Tensor.cat(-1, seen));
        assertThat(difference(out(attention, x), expected)).isLessThan(1e-5); // FLOAT32 sums in another order
        Tensor more = rng.normal(Shape.of(2, 3, 5, width));
        assertThat(difference(out(attention, more).get(0, 1), out(attention, more.get(0, 1))))
                .isLessThan(1e-5);
        assertThatThrownBy(() -> MultiHeadAttention.of(6, 4, initial))
                .hasMessage("heads share the width between them; got width 6 and heads 4");
    }

    @Test
    void aPatchIsDescribedByItsPixelsAndItsPlaceAlone() {
        PatchEmbedding embedding = PatchEmbedding.of(Shape.of(2, 5, 7), 3, 4, initial);
        Tensor image = rng.normal(Shape.of(6, 2, 5, 7));
        Tensor sequence = out(embedding, image);
        assertThat(sequence.shape()).isEqualTo(Shape.of(6, 6, 4)); // ⌈5 / 3⌉ rows of ⌈7 / 3⌉ patches
        // the second patch of the first row, by a product of matrices
        Tensor pixels = image.narrow(-2, 0, 3).narrow(-1, 3, 3).reshape(6, 18);
        Tensor described = pixels.matmul(
                        embedding.patches().weight().reshape(4, 18).transpose(0, 1))
                .plus(embedding.places().get(0, 1));
        assertThat(difference(sequence.get(1, 1), described)).isLessThan(1e-5); // FLOAT32 sums in another order
        Tensor alone = out(embedding, image.get(0, 2));
        assertThat(difference(sequence.get(0, 2), alone)).isLessThan(1e-6);
    }

    @Test
    void theMeanIsOverTheSequence() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        assertThat(out(new MeanOverSequence(), x).toFloats()).containsExactly(3, 4);
    }

    @Test
    void countsAreReadAsLogarithms() {
        assertThat(out(new LogCounts(), Tensor.of(new float[] {0, (float) (Math.E - 1)}, 2))
                        .toFloats())
                .containsExactly(new float[] {0, 1}, within(1e-6f));
    }

    private SkipConnections vectors() {
        return SkipConnections.of(
                Linear.of(2, 5, initial),
                List.of(Linear.of(5, 4, initial), Linear.of(4, 3, initial)),
                2,
                List.of(4L, 3L),
                Activation.TANH,
                initial);
    }

    @Test
    void withoutWeightsSkipsChangeNothing() {
        SkipConnections decoder = vectors();
        decoder.skips().forEach(skip -> skip.weight().detach().fill(0));
        Layer plain = Sequential.of(
                decoder.first(),
                Activation.TANH,
                decoder.layers().get(0),
                Activation.TANH,
                decoder.layers().get(1));
        Tensor z = rng.normal(Shape.of(7, 2));
        assertThat(difference(out(decoder, z), out(plain, z))).isLessThan(1e-6); // fused or not
    }

    @Test
    void eachLayerHearsOfTheInputWhenTheOneBeforeIsSilent() {
        SkipConnections decoder = vectors();
        decoder.layers().forEach(layer -> ((Linear) layer).weight().detach().fill(0));
        Tensor z = rng.normal(Shape.of(3, 7, 2));
        assertThat(difference(out(decoder, z), out(decoder.skips().get(1), z))).isLessThan(1e-6);
    }

    @Test
    void ofMapsEachPlaceIsMovedByItsChannel() {
        Conv2d conv = Conv2d.of(3, 4, 3, 1, 1, initial);
        SkipConnections decoder = SkipConnections.of(
                Sequential.of(Linear.of(2, 3 * 2 * 5, initial), Reshape.unflatten(Shape.of(3, 2, 5))),
                List.of(conv),
                2,
                List.of(4L),
                Activation.RELU,
                initial);
        Tensor z = rng.normal(Shape.of(6, 7, 2));
        Tensor moved = out(decoder, z);
        assertThat(moved.shape()).isEqualTo(Shape.of(6, 7, 4, 2, 5));
        Tensor plain = out(conv, out(decoder.first(), z).relu());
        Tensor by = out(decoder.skips().get(0), z);
        assertThat(difference(moved.minus(plain).get(-1, 3).get(-1, 1), by)).isLessThan(1e-5); // a difference
        assertThatThrownBy(() -> new SkipConnections(conv, List.of(conv), List.of(), Activation.RELU))
                .hasMessage("each layer has a skip; got 1 layers and 0 skips");
    }
}
