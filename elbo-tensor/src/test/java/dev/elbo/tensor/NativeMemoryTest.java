package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class NativeMemoryTest {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final long MIB = 1 << 20;

    private final Tensor weight =
            Rng.seeded(1, Device.CPU).normal(Shape.of(64, 64)).requireGradient();
    private final ParameterBuffer parameters = new ParameterBuffer(Map.of("weight", weight));
    private final Optimizer optimizer = Adam.of(parameters, 0.9, 0.999, 1e-8, 0);
    private final NoiseTape noise = new NoiseTape(1, Device.CPU);

    private static long residentBytes() throws IOException {
        StringTokenizer pages = new StringTokenizer(Files.readString(STATM));
        pages.nextToken(); // the size of the address space
        return Long.parseLong(pages.nextToken()) * PAGE;
    }

    private void step(long number) {
        try (Scope step = Scope.open("step")) {
            noise.rewind(number);
            optimizer.learningRate().fill(1e-3);
            Tensor x = noise.normal(Shape.of(64, 64));
            Tensor y = Functional.linear(x, weight, null).tanh().onGradient(gradient -> gradient.times(2));
            parameters.clearGradients();
            y.square().mean().backward();
            parameters.clipGradients(1);
            optimizer.step();
        }
    }

    @Test
    void twentyThousandStepsDoNotGrowTheProcess() throws IOException {
        assumeTrue(Files.isReadable(STATM));
        for (int i = 0; i < 2_000; i++) {
            step(i);
        }
        long before = residentBytes();
        for (int i = 0; i < 20_000; i++) {
            step(i);
        }
        // one tensor leaked in each step would be 312 MiB; the JVM's own heap may grow a little
        assertThat(residentBytes() - before).isLessThan(150 * MIB);
    }
}
