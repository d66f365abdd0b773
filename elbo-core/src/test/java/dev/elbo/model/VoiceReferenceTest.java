package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A clip tells a voice. */
@ExtendWith(InAScope.class)
class VoiceReferenceTest {
    private static final int CHANNELS = 3;
    private static final int FRAMES = 6;

    private final VoiceReference voices =
            VoiceReference.of(2, CHANNELS, 2, 4, 5, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));

    /** Examples whose frames are the example's number. */
    private static Batch batch(long[] voices, long... lengths) {
        float[] frames = new float[voices.length * FRAMES * CHANNELS];
        for (int i = 0; i < frames.length; i++) {
            int example = i / (FRAMES * CHANNELS);
            frames[i] = example;
        }
        return new Batch(
                Map.of(
                        "sound", Tensor.of(frames, voices.length, FRAMES, CHANNELS),
                        "voice", Tensor.of(voices, voices.length)),
                Map.of("sound", Tensor.of(lengths, lengths.length)),
                Map.of());
    }

    private static double[] whose(ReferenceClips clips) {
        return clips.frames().get(1, 0).get(1, 0).toHost().toDoubles();
    }

    @Test
    void anotherExampleOfTheSameVoiceIsTheClip() {
        ReferenceClips clips =
                ReferenceClips.of(batch(new long[] {0, 1, 0, 1, 0}, 6, 5, 4, 3, 2), Pass.deterministic());

        assertThat(whose(clips)).containsExactly(2, 3, 4, 1, 0);
        assertThat(clips.mask().sum(1).squeeze(-1).toHost().toDoubles()).containsExactly(4, 3, 2, 5, 6);
    }

    @Test
    void inTrainingItIsDrawnAndNeverTheExampleItself() {
        Batch batch = batch(new long[] {0, 0, 0}, 6, 6, 6);
        Set<Double> ofTheFirst = new TreeSet<>();
        for (int seed = 0; seed < 20; seed++) {
            ofTheFirst.add(whose(ReferenceClips.of(batch, Pass.training(Rng.seeded(seed, Device.CPU))))[0]);
        }

        assertThat(ofTheFirst).containsExactly(1.0, 2.0);
    }

    @Test
    void aSpeakerOfOneClipIsToldByHalfOfIt() {
        Batch batch = batch(new long[] {0, 1}, 6, 5);

        ReferenceClips middle = ReferenceClips.of(batch, Pass.deterministic());
        Tensor drawn = ReferenceClips.of(batch, Pass.training(Rng.seeded(1, Device.CPU)))
                .mask();

        assertThat(whose(middle)).containsExactly(0, 1);
        assertThat(middle.mask().get(0, 0).squeeze(-1).toHost().toDoubles()).containsExactly(0, 0, 1, 1, 1, 0);
        assertThat(drawn.sum(1).squeeze(-1).toHost().toDoubles()).containsExactly(3, 3);
    }

    @Test
    void aVoiceIsTheSameWhateverItsClipIsPaddedWith() {
        Rng rng = Rng.seeded(2, Device.CPU);
        Tensor clip = rng.normal(Shape.of(1, FRAMES, CHANNELS));
        Tensor ones = Tensor.zeros(Device.CPU, 1, FRAMES, 1).plus(1);
        Tensor padded = Tensor.cat(1, clip, rng.normal(Shape.of(1, 2, CHANNELS)));

        Tensor alone = voices.heard(clip, ones, Pass.deterministic());
        Tensor among = voices.heard(padded, ones.pad(1, 0, 2, 0), Pass.deterministic());

        assertThat(among.minus(alone).abs().max().item()).isLessThan(1e-6); // sums in another order
    }

    @Test
    void whatIsKnownOfAVoiceIsDrawnToTheMeanOfItsClips() {
        Batch batch = batch(new long[] {0, 0, 1, 0, 1}, 6, 5, 6, 6, 4);
        ReferenceClips clips = ReferenceClips.of(batch, Pass.deterministic());
        Tensor heard = voices.heard(clips.frames(), clips.mask(), Pass.deterministic());
        double[] rows = heard.toHost().toDoubles();
        float[] means = new float[10];
        for (int i = 0; i < rows.length; i++) {
            boolean isFirst = i / 5 != 2 && i / 5 != 4;
            means[(isFirst ? 0 : 5) + i % 5] += (float) (rows[i] / (isFirst ? 3 : 2));
        }
        Tensor known = Tensor.of(means, 2, 5).requireGradient();
        VoiceReference settled =
                new VoiceReference(voices.in(), voices.stack(), voices.bottleneck(), voices.out(), known);

        // three of one voice have two others each, of which one is drawn: with those that are next, each is drawn once
        Objects.requireNonNull(settled.of(batch, new Pass(true, new Nexts()))
                        .penalties()
                        .get("voices"))
                .backward();

        assertThat(known.gradient().norm().item()).isEqualTo(0, within(1e-6)); // rounding
    }

    /** Chance that always takes the first. */
    private record Nexts() implements Rng {
        @Override
        public Tensor normal(Shape shape) {
            return Tensor.zeros(Device.CPU, shape.sizes());
        }

        @Override
        public Tensor uniform(Shape shape) {
            return Tensor.zeros(Device.CPU, shape.sizes());
        }
    }

    @Test
    void aClipStandsInThePlaceOfAName() {
        Tensor clip = Rng.seeded(3, Device.CPU).normal(Shape.of(1, FRAMES, CHANNELS));
        Batch byClip = new Batch(Map.of("reference", clip));
        Batch byName = new Batch(Map.of("voice", Tensor.of(HostArray.of(new long[] {1}, 1), Device.CPU)));

        Tensor ofClip = voices.of(byClip, Pass.deterministic()).vectors();
        Tensor ofName = voices.of(byName, Pass.deterministic()).vectors();

        assertThat(ofClip.shape()).isEqualTo(ofName.shape()).isEqualTo(Shape.of(1, 4));
        assertThat(ofClip.minus(ofName).norm().item()).isPositive();
    }
}
