package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTest {
    private static final String CLASS = "dev.elbo.cli.Main runs";

    private static Invocation called(String command) {
        return Invocation.of(Map.of(Invocation.VARIABLE, command), CLASS);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "./elbo, ./elbo resume last",
                "elbo, elbo resume last",
                "../elbo/elbo, ../elbo/elbo resume last",
                "/opt/a b/elbo, '/opt/a b/elbo' resume last",
                "/opt/it's/elbo, '/opt/it'\\''s/elbo' resume last"
            })
    void aCommandIsShownAsItCanBeTyped(String command, String line) {
        assertThat(called(command).line("resume", "last")).isEqualTo(line);
    }

    @Test
    void sentencesOfTheLibraryNameItToo() {
        String sentence = "there is no run; 'elbo runs' lists those there are";
        assertThat(called("../elbo").in(sentence)).isEqualTo("there is no run; '../elbo runs' lists those there are");
        assertThat(Invocation.of(Map.of(), CLASS).in(sentence)).isEqualTo(sentence);
    }

    @Test
    void withoutTheLauncherItIsTheJarOrElseWhatIsUsual() {
        assertThat(Invocation.of(Map.of(), "lib/elbo-cli.jar runs").command()).isEqualTo("java -jar lib/elbo-cli.jar");
        assertThat(Invocation.of(Map.of(), "my app/elbo-cli.jar").command())
                .isEqualTo("java -jar 'my app/elbo-cli.jar'");
        assertThat(Invocation.of(Map.of(), "other.jar runs").command()).isEqualTo("./elbo");
        assertThat(Invocation.of(Map.of(), CLASS).command()).isEqualTo("./elbo");
    }
}
