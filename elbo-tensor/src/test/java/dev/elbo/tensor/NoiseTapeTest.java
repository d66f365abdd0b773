package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class NoiseTapeTest {
    private static final List<Integer> ODD_SIZES = List.of(5, 17, 0, 100, 1, 31, 16, 3);

    private final NoiseTape tape = new NoiseTape(7, Device.CPU);

    /** What a step gets that asks for these sizes in turn, of both distributions. */
    static float[][] step(NoiseTape tape, long number, List<Integer> sizes) {
        tape.rewind(number);
        List<Tensor> handedOut = new ArrayList<>();
        for (int size : sizes) {
            handedOut.add(tape.normal(Shape.of(size)));
            handedOut.add(tape.uniform(Shape.of(size)));
        }
        return handedOut.stream().map(Tensor::toFloats).toArray(float[][]::new);
    }

    @Test
    void aStepIsReplayedBitForBit() {
        float[][] first = step(tape, 3, ODD_SIZES);
        step(tape, 4, ODD_SIZES);
        assertThat(step(tape, 3, ODD_SIZES)).isDeepEqualTo(first);
        assertThat(step(new NoiseTape(7, Device.CPU), 3, ODD_SIZES)).isDeepEqualTo(first);
    }

    @Test
    void growingInTheMiddleOfAStepDoesNotChangeWhatWasHandedOut() {
        tape.rewind(0);
        Tensor first = tape.normal(Shape.of(5));
        float[] before = first.toFloats();
        tape.normal(Shape.of(10_000));
        assertThat(first.toFloats()).containsExactly(before);
        tape.rewind(0);
        assertThat(tape.normal(Shape.of(5)).toFloats()).containsExactly(before);
    }

    @Test
    void stepsSeedsAndRequestsAreUnrelated() {
        Shape shape = Shape.of(2000);
        tape.rewind(0);
        float[] own = tape.normal(shape).toFloats();
        float[] second = tape.normal(shape).toFloats();
        tape.rewind(1);
        float[] nextStep = tape.normal(shape).toFloats();
        float[] otherSeed = new NoiseTape(8, Device.CPU).normal(shape).toFloats();
        for (float[] other : List.of(second, nextStep, otherSeed)) {
            // 5 standard errors
            assertThat(RngTest.correlation(own, other)).isCloseTo(0, within(5 / Math.sqrt(2000)));
        }
    }

    @Test
    void noiseOverManyStepsHasTheRightMoments() {
        int steps = 200;
        int size = 500;
        double normals = 0;
        double squares = 0;
        double uniforms = 0;
        for (int i = 0; i < steps; i++) {
            try (Scope scope = Scope.open("step")) {
                tape.rewind(i);
                Tensor normal = tape.normal(Shape.of(size));
                normals += normal.mean().item() / steps;
                squares += normal.square().mean().item() / steps;
                uniforms += tape.uniform(Shape.of(size)).mean().item() / steps;
            }
        }
        double error = 1 / Math.sqrt((double) steps * size);
        assertThat(normals).isCloseTo(0, within(4 * error)); // 4 standard errors each
        assertThat(squares).isCloseTo(1, within(4 * error * Math.sqrt(2)));
        assertThat(uniforms).isCloseTo(0.5, within(4 * error / Math.sqrt(12)));
    }

    @Test
    void theTapeLivesWhereItWasMadeAndGrowsThere() {
        int before = Scope.current().size();
        for (int i = 1; i < 20; i++) {
            try (Scope step = Scope.open("step")) {
                tape.rewind(i);
                tape.normal(Shape.of(i, 10));
                tape.uniform(Shape.of(10, i));
            }
        }
        assertThat(Scope.current().size()).isEqualTo(before);
        tape.rewind(20);
        assertThat(tape.normal(Shape.of(2, 3)).shape()).isEqualTo(Shape.of(2, 3));
    }
}
