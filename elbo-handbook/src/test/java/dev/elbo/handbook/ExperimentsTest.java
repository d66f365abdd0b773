package dev.elbo.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.elbo.handbook.draw.Language;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every experiment of the handbook. */
class ExperimentsTest {

    static List<Experiment> experiments() {
        return Handbook.experiments();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void findsTheSameAgainAndDrawsItInBothLanguages(Experiment experiment) {
        Finding first = experiment.run(Effort.SMALL);
        Finding second = experiment.run(Effort.SMALL);

        assertThat(second.numbers()).isEqualTo(first.numbers());
        for (Language language : Language.values()) {
            String svg = first.sheet().svg(language);
            assertThat(second.sheet().svg(language)).isEqualTo(svg);
            assertThat(svg.replaceAll("base64,[^\"]*", "")) // letters of a picture may spell anything
                    .doesNotContain("NaN")
                    .doesNotContain("Infinity");
            assertThatCode(() -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))))
                    .doesNotThrowAnyException();
        }
        assertThat(first.sheet().description().zh()).matches(".*\\p{IsHan}.*");
        assertThat(first.sheet().description().en()).doesNotContainPattern("\\p{IsHan}");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void hasItsFiguresInTheHandbook(Experiment experiment) {
        Path folder = Path.of("../docs/handbook/figures");

        for (String ending : List.of(".en.svg", ".zh.svg", ".json")) {
            assertThat(folder.resolve(experiment.name() + ending)).isRegularFile();
        }
    }

    @Test
    void everyFigureOfTheHandbookIsOfAnExperiment() throws Exception {
        try (var files = Files.list(Path.of("../docs/handbook/figures"))) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(Handbook.experiments().stream()
                            .map(Experiment::name)
                            .toList());
        }
    }
}
