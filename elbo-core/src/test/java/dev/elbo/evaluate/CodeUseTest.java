package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.PixelCodes;
import dev.elbo.model.VqVae;
import dev.elbo.tensor.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class CodeUseTest {
    private static Examples examples(int count) {
        DataSource data = PixelCodes.data(count);
        return new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU);
    }

    /** Codes are used by ½, ¼, ¼ and 0 of places: 1.5 bits. 230 examples are three chunks. */
    @Test
    void perplexityIsThatOfTheCodesFrequencies() {
        assertThat(CodeUse.of(PixelCodes.model(), examples(230), 1))
                .singleElement()
                .satisfies(use -> {
                    assertThat(use.latent()).isEqualTo(VqVae.CODES);
                    assertThat(use.perplexity()).isCloseTo(Math.pow(2, 1.5), within(1e-12)); // FLOAT64
                    assertThat(use.part()).isEqualTo(use.perplexity() / 4);
                    assertThat(use.codes()).isEqualTo(4);
                    assertThat(use.points()).isEqualTo(230);
                });
    }

    @Test
    void aModelWithoutCodesUsesNone() {
        assertThat(CodeUse.of(LinearGaussian.exact().model(), examples(1), 1)).isEmpty();
    }
}
