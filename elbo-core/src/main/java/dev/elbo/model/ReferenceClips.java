package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which clip tells the voice of each example: another example of the same voice in the batch, so that it cannot tell what is said. Where
 * there is none, as of a speaker who has one clip only, it is half of the example itself: what is said in the other half it cannot tell.
 * In training, other clip and half are drawn; else the clip is the next one, and the half that in the middle.
 *
 * @param frames [B, T, M]
 * @param mask 1 where a frame counts, [B, T, 1]
 */
record ReferenceClips(Tensor frames, Tensor mask) {

    static ReferenceClips of(Batch given, Pass pass) {
        Tensor sound = given.get(SpeechVae.SOUND);
        long[] voices = given.get(SpeechVae.VOICE).toHost().toLongs();
        long[] lengths = given.lengths(SpeechVae.SOUND).toHost().toLongs();
        float[] chance =
                pass.training() ? pass.rng().uniform(Shape.of(voices.length)).toFloats() : new float[0];
        long[] rows = new long[voices.length];
        int width = Math.toIntExact(sound.size(1));
        float[] counts = new float[voices.length * width];
        for (int i = 0; i < voices.length; i++) {
            int[] others = others(voices, i);
            rows[i] = others.length == 0
                    ? i
                    : others[chance.length == 0 ? 0 : (int) Math.min(others.length - 1, chance[i] * others.length)];
            int length = (int) Math.max(1, Math.min(width, lengths[(int) rows[i]]));
            int half = (length + 1) / 2;
            int from =
                    others.length > 0 ? 0 : (int) Math.round((chance.length == 0 ? 0.5 : chance[i]) * (length - half));
            Arrays.fill(counts, i * width + from, i * width + from + (others.length > 0 ? length : half), 1);
        }
        return new ReferenceClips(
                sound.select(0, Tensor.of(HostArray.of(rows, rows.length), sound.device())),
                Tensor.of(HostArray.of(counts, rows.length, width, 1), sound.device()));
    }

    /** The other examples of an example's voice, those behind it first. */
    private static int[] others(long[] voices, int of) {
        return IntStream.range(1, voices.length)
                .map(ahead -> (of + ahead) % voices.length)
                .filter(other -> voices[other] == voices[of])
                .toArray();
    }
}
