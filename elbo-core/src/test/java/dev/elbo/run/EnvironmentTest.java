package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final Environment TWO = new Environment("cpu", "Xeon", 4, 2, "oneDNN AVX2", "17.0.9", "Linux amd64");

    @Test
    void whatFiguresDependOnIsComparedAndNothingElse() {
        assertThat(TWO.differences(TWO)).isEmpty();
        assertThat(TWO.differences(new Environment("cpu", "Xeon", 8, 2, "oneDNN AVX2", "21", "Linux amd64")))
                .isEmpty();
        assertThat(TWO.differences(
                        new Environment("cuda:0", "EPYC", 4, 4, "OpenBLAS Haswell", "17.0.9", "Linux amd64")))
                .containsExactly(
                        "device cuda:0, not cpu",
                        "processor EPYC, not Xeon",
                        "threads 4, not 2",
                        "kernels of OpenBLAS Haswell, not oneDNN AVX2");
    }

    @Test
    void whatAnEarlierVersionDidNotSayIsNotCompared() {
        Environment unsaid = Environment.of(JsonNodeFactory.instance.objectNode());
        assertThat(unsaid.differences(TWO)).isEmpty();
        assertThat(Environment.of(TWO.toJson())).isEqualTo(TWO);
    }
}
