package dev.elbo.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("mnist", "fashion-mnist");

    @Test
    void swappedLettersAreRecognised() {
        assertThat(NearestName.message("data", "mnits", KNOWN))
                .isEqualTo("unknown data 'mnits'; did you mean 'mnist'? Known: fashion-mnist, mnist");
    }

    @Test
    void nothingIsGuessedWhereNothingIsNear() {
        assertThat(NearestName.message("data", "celeba", KNOWN))
                .isEqualTo("unknown data 'celeba'; known: fashion-mnist, mnist");
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(NearestName.of("Fashion-MNIST", KNOWN)).contains("fashion-mnist");
    }

    @Test
    void shortNamesAreForgivenOneLetter() {
        assertThat(NearestName.of("va", List.of("vae", "iwae"))).contains("vae");
        assertThat(NearestName.of("v", List.of("vae", "iwae"))).isEmpty();
    }

    @Test
    void distanceCountsEdits() {
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("ab", "ba")).isEqualTo(1);
    }

    @Property(tries = 200)
    void distanceIsSymmetricAndBoundedByTheLongerWord(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        assertThat(NearestName.distance(a, b))
                .isEqualTo(NearestName.distance(b, a))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }
}
