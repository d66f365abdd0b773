package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    private static final int LONGEST = 10;
    private static final long[] LENGTHS = {2, 10, 5, 1};

    /** Sentences and sounds of four lengths, and a label that two of them lack. */
    private static final DataSpec SPEC = spec();

    private static final Split SPLIT = split();

    private static DataSpec spec() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("text", new Field.Tokens(new Vocabulary(List.of(new Vocabulary.Word("a", 1))), LONGEST));
        fields.put(
                "sound",
                new Field.Frames(2, LONGEST, 100, Optional.of(new Statistics(List.of(1.0, 10.0), List.of(2.0, 5.0)))));
        fields.put("row", new Field.Table(List.of("x"), Optional.of(new Statistics(List.of(-1.0), List.of(0.5)))));
        fields.put("label", new Field.Category(List.of("calm", "loud")));
        return new DataSpec("talk", fields, "");
    }

    private static Split split() {
        long[] tokens = new long[4 * LONGEST];
        float[] frames = new float[4 * LONGEST * 2];
        for (int n = 0; n < 4; n++) {
            for (int t = 0; t < LENGTHS[n]; t++) {
                tokens[n * LONGEST + t] = t == LENGTHS[n] - 1 ? Vocabulary.END : 4;
                frames[(n * LONGEST + t) * 2] = 3;
                frames[(n * LONGEST + t) * 2 + 1] = 10;
            }
        }
        Map<String, HostArray> fields = new LinkedHashMap<>();
        fields.put("text", HostArray.of(tokens, 4, LONGEST));
        fields.put("sound", HostArray.of(frames, 4, LONGEST, 2));
        fields.put("row", HostArray.of(new float[] {0, 1, 2, 3}, 4, 1));
        fields.put("label", HostArray.of(new long[] {0, 1, 1, 0}, 4));
        HostArray lengths = HostArray.of(LENGTHS, 4);
        return new Split(
                fields,
                Map.of("text", lengths, "sound", lengths),
                Map.of("label", HostArray.of(new byte[] {1, 0, 0, 1}, 4)));
    }

    private static Examples examples(boolean held) {
        return held
                ? new Examples(SPLIT, SPEC, Pixels.GREY, 1, Device.CPU)
                : Streamed.examples(SPLIT, SPEC, Pixels.GREY, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sequencesAreNarrowedToTheLongestAndAMultipleOfFour(boolean held) {
        try (Scope scope = Scope.open("test")) {
            Examples examples = examples(held);
            Batch batch = examples.batch(new long[] {2, 0}, Rng.seeded(1, Device.CPU));

            assertThat(batch.get("text").shape()).isEqualTo(Shape.of(2, 8));
            assertThat(batch.get("sound").shape()).isEqualTo(Shape.of(2, 8, 2));
            assertThat(batch.lengths("text").toHost().toLongs()).containsExactly(5, 2);
            assertThat(batch.mask("text").toFloats()).containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0);
            assertThat(batch.get("text").toHost().toLongs())
                    .containsExactly(4, 4, 4, 4, 3, 0, 0, 0, 4, 3, 0, 0, 0, 0, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void widthIsThatOfTheStoredRowsAtMost(boolean held) {
        try (Scope scope = Scope.open("test")) {
            Batch all = examples(held).range(1, 3, Rng.seeded(1, Device.CPU));

            assertThat(all.get("text").shape()).isEqualTo(Shape.of(3, LONGEST));
            assertThat(all.lengths("sound").toHost().toLongs()).containsExactly(10, 5, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersAreStandardisedAndPaddingRemainsNought(boolean held) {
        try (Scope scope = Scope.open("test")) {
            Batch batch = examples(held).batch(new long[] {0}, Rng.seeded(1, Device.CPU));

            assertThat(batch.get("sound").toFloats()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0);
            assertThat(batch.get("row").toFloats()).containsExactly(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void presenceIsByExampleAndOnesWhereNothingIsSaid(boolean held) {
        try (Scope scope = Scope.open("test")) {
            Batch batch = examples(held).batch(new long[] {3, 2}, Rng.seeded(1, Device.CPU));

            assertThat(batch.present("label").toFloats()).containsExactly(1, 0);
            assertThat(batch.present("row").toFloats()).containsExactly(1, 1);
        }
    }

    @Test
    void tensorOfIndicesNamesTheSameExamples() {
        try (Scope scope = Scope.open("test")) {
            Examples examples = examples(true);
            Batch batch = examples.batch(Tensor.of(new long[] {3, 0}, 2), Rng.seeded(1, Device.CPU));

            assertThat(batch.get("text").toHost().toLongs()).containsExactly(3, 0, 0, 0, 4, 3, 0, 0);
            assertThat(examples.isRagged()).isTrue();
        }
    }

    @Test
    void partOfWhatWasReadIsAsWideAsItNeeds() {
        try (Scope scope = Scope.open("test")) {
            Examples examples = examples(false);
            Examples.Read read = examples.read(new long[] {1, 0, 3});
            Batch part = examples.batch(read.slice(1, 3), Rng.seeded(1, Device.CPU));

            assertThat(part.get("text").shape()).isEqualTo(Shape.of(2, 4));
            assertThat(part.present("label").toFloats()).containsExactly(1, 1);
        }
    }

    @Test
    void kindOfAFieldDecidesAndNotItsName() {
        Map<String, HostArray> fields = Map.of("image", HostArray.of(new float[] {0, 100}, 2, 1));
        DataSpec spec = new DataSpec("numbers", Map.of("image", new Field.Table(1)), "");
        try (Scope scope = Scope.open("test")) {
            Examples examples = new Examples(new Split(fields), spec, Pixels.STATIC, 1, Device.CPU);

            assertThat(examples.range(0, 2, Rng.seeded(1, Device.CPU))
                            .get("image")
                            .toFloats())
                    .containsExactly(0, 100);
        }
    }

    @Test
    void sequencesWithoutLengthsAreRefused() {
        Split bare = new Split(Map.of("text", SPLIT.field("text")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Examples(bare, SPEC, Pixels.GREY, 1, Device.CPU))
                .withMessage("field 'text' is Tokens, and has no lengths; give them with the split");
    }

    @Test
    void partOfASplitKeepsLengthsAndPresence() {
        Split part = SPLIT.select(new long[] {3, 1}).slice(1, 2);

        assertThat(part.lengths("text")).containsExactly(10);
        assertThat(part.present("label")).containsExactly(false);
    }

    @Test
    void splitAndSpecGoTogetherAsAWhole() {
        assertThat(new DataSource(SPEC, SPLIT, Optional.empty()).train().size()).isEqualTo(4);
    }

    @Test
    void fieldWithoutSequencesHasNoMask() {
        try (Scope scope = Scope.open("test")) {
            Batch batch =
                    new Batch(Map.of("label", Tensor.of(new long[] {1}, 1), "row", Tensor.of(new float[2], 1, 2)));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.mask("label"))
                    .withMessage("field 'label' is [1], a single number for each example, and has no length");
            assertThat(batch.mask("row").toFloats()).containsExactly(1, 1);
            assertThat(batch.lengths("row").toHost().toLongs())
                    .isEqualTo(LongStream.of(2).toArray());
        }
    }
}
