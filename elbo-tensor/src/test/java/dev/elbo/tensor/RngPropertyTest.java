package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RngPropertyTest {

    @Property(tries = 50)
    void neighbouringSeedsAndPartsAreUnrelatedStreams(@ForAll long seed) {
        try (Scope scope = Scope.open("property")) {
            float[] own = Rng.seeded(Rng.seedOf(seed, 0), Device.CPU)
                    .normal(Shape.of(2000))
                    .toFloats();
            float[] nextPart = Rng.seeded(Rng.seedOf(seed, 1), Device.CPU)
                    .normal(Shape.of(2000))
                    .toFloats();
            float[] nextSeed = Rng.seeded(Rng.seedOf(seed + 1, 0), Device.CPU)
                    .normal(Shape.of(2000))
                    .toFloats();
            double bound = 5 / Math.sqrt(2000); // 5 standard errors: 100 comparisons
            assertThat(RngTest.correlation(own, nextPart)).isCloseTo(0, within(bound));
            assertThat(RngTest.correlation(own, nextSeed)).isCloseTo(0, within(bound));
        }
    }
}
