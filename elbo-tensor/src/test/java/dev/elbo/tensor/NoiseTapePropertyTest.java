package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NoiseTapePropertyTest {

    @Property(tries = 60)
    void aTapeThatGrowsGivesWhatALongOneGives(
            @ForAll @Size(max = 8) List<@IntRange(max = 70) Integer> sizes, @ForAll @IntRange(max = 1000) int number) {
        try (Scope scope = Scope.open("property")) {
            NoiseTape growing = new NoiseTape(1, Device.CPU);
            NoiseTape grown = new NoiseTape(1, Device.CPU);
            grown.normal(Shape.of(2000));
            grown.uniform(Shape.of(2000));
            assertThat(NoiseTapeTest.step(growing, number, sizes))
                    .isDeepEqualTo(NoiseTapeTest.step(grown, number, sizes));
        }
    }
}
