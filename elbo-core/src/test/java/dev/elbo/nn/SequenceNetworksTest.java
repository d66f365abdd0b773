package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all networks that write or read tokens keep. */
@ExtendWith(InAScope.class)
class SequenceNetworksTest {
    private static final int WORDS = 7;
    private static final int WIDTH = 4;
    private static final int KNOWN = 3;
    private static final int LONGEST = 6;

    /** The order of sums in a product of another size. */
    private static final float ROUNDING = 1e-5f;

    private static final Pass PASS = Pass.deterministic();

    private static Initializer initial() {
        return new Initializer(Rng.seeded(3, Device.CPU), Device.CPU);
    }

    static Stream<Function<Initializer, SequenceDecoder>> decoders() {
        return Stream.of(
                initial -> GruDecoder.of(WORDS, WIDTH, 5, KNOWN, initial),
                initial -> LstmDecoder.of(WORDS, WIDTH, 5, KNOWN, initial),
                initial -> TransformerDecoder.of(WORDS, WIDTH, 2, 2, KNOWN, LONGEST, initial));
    }

    static Stream<Function<Initializer, Layer>> readers() {
        return Stream.of(
                initial -> Bidirectional.gru(WORDS, WIDTH, 5, initial),
                initial -> Bidirectional.lstm(WORDS, WIDTH, 5, initial),
                initial -> TransformerReader.of(WORDS, WIDTH, 2, 2, LONGEST, initial));
    }

    static Stream<Function<Initializer, Pooling>> poolings() {
        return Stream.of(
                initial -> new Pooling.Largest(),
                initial -> new Pooling.Mean(),
                initial -> new Pooling.Attention(Linear.of(WIDTH, 1, initial)));
    }

    private static Tensor tokens(long[]... rows) {
        return Tensor.stack(
                0, Stream.of(rows).map(row -> Tensor.of(row, row.length)).toArray(Tensor[]::new));
    }

    private static Tensor known(int rows) {
        return Rng.seeded(5, Device.CPU).normal(Shape.of(rows, KNOWN));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void stepByStepItHasTheStatesOfTheWholeSequence(Function<Initializer, SequenceDecoder> maker) {
        SequenceDecoder decoder = maker.apply(initial());
        Tensor tokens = tokens(new long[] {2, 4, 5, 6}, new long[] {2, 6, 6, 3});
        Tensor known = known(2);
        Tensor whole = decoder.states(tokens, known, PASS);

        List<Tensor> memory = decoder.begin(known, PASS);
        for (int place = 0; place < 4; place++) {
            SequenceDecoder.Step step = decoder.next(memory, tokens.get(1, place), place, PASS);
            memory = step.memory();
            assertThat(step.state().toHost().toFloats())
                    .containsExactly(whole.get(1, place).toHost().toFloats(), within(ROUNDING));
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void aStateDoesNotDependOnTheTokensBehindIt(Function<Initializer, SequenceDecoder> maker) {
        SequenceDecoder decoder = maker.apply(initial());
        Tensor one = decoder.states(tokens(new long[] {2, 4, 5, 6}), known(1), PASS);
        Tensor other = decoder.states(tokens(new long[] {2, 4, 1, 3}), known(1), PASS);

        assertThat(one.narrow(1, 0, 2).toHost()).isEqualTo(other.narrow(1, 0, 2).toHost());
        assertThat(one.get(1, 2).toHost()).isNotEqualTo(other.get(1, 2).toHost());
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void whatIsKnownReachesEveryState(Function<Initializer, SequenceDecoder> maker) {
        SequenceDecoder decoder = maker.apply(initial());
        Tensor tokens = tokens(new long[] {2, 4, 5, 6});
        Tensor one = decoder.states(tokens, known(1), PASS);
        Tensor other = decoder.states(tokens, known(1).plus(1), PASS);

        IntStream.range(0, 4)
                .forEach(place -> assertThat(one.get(1, place).toHost())
                        .isNotEqualTo(other.get(1, place).toHost()));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void paddingChangesNoWordBeforeIt(Function<Initializer, Layer> maker) {
        Layer reader = maker.apply(initial());
        Tensor bare = reader.forward(tokens(new long[] {4, 5, 3}), PASS);
        Tensor padded = reader.forward(tokens(new long[] {4, 5, 3, 0, 0, 0}), PASS);

        assertThat(padded.narrow(1, 0, 3).toHost().toFloats())
                .containsExactly(bare.toHost().toFloats(), within(ROUNDING));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aWordIsReadInTheContextOfThoseBehindIt(Function<Initializer, Layer> maker) {
        Layer reader = maker.apply(initial());
        Tensor one = reader.forward(tokens(new long[] {4, 5, 3}), PASS);
        Tensor other = reader.forward(tokens(new long[] {4, 6, 3}), PASS);

        assertThat(one.get(1, 0).toHost()).isNotEqualTo(other.get(1, 0).toHost());
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void whatLiesBehindTheEndDoesNotCount(Function<Initializer, Pooling> maker) {
        Pooling pooling = maker.apply(initial());
        Tensor states = Rng.seeded(1, Device.CPU).normal(Shape.of(1, 3, WIDTH));
        Tensor more = Tensor.cat(1, states, states.plus(9));
        Tensor all = tokens(new long[] {1, 1, 1}).greaterThan(0);
        Tensor some = tokens(new long[] {1, 1, 1, 0, 0, 0}).greaterThan(0);

        assertThat(pooling.of(more, some, PASS).toHost().toFloats())
                .containsExactly(pooling.of(states, all, PASS).toHost().toFloats(), within(ROUNDING));
    }

    @Test
    void aDialogueIsTheStatesOfItsLastTurnsWhateverLiesBefore() {
        TurnsReader reader = new TurnsReader(
                new Embedding(initial().normal(1, WORDS, WIDTH)), Gru.of(WIDTH, WIDTH, initial()), 3, 2);
        Tensor two = reader.read(tokens(new long[] {4, 3, 5, 6, 3}), PASS).vector();
        Tensor three =
                reader.read(tokens(new long[] {6, 6, 3, 4, 3, 5, 6, 3}), PASS).vector();
        Tensor padded =
                reader.read(tokens(new long[] {4, 3, 5, 6, 3, 0, 0}), PASS).vector();
        Tensor one = reader.read(tokens(new long[] {5, 6, 3}), PASS).vector();

        assertThat(three.toHost()).isEqualTo(two.toHost());
        assertThat(padded.toHost()).isEqualTo(two.toHost());
        assertThat(one.toHost()).isNotEqualTo(two.toHost());
        assertThat(one.toHost().toFloats()).doesNotContain(Float.NaN);
    }
}
