package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParseResult;

/** The commands that the documents show are those that there are. */
class ReadmeCommandsTest {
    private static final List<String> DOCUMENTS = List.of(
            "README.md",
            "README.zh-CN.md",
            "docs/checkpoints.md",
            "docs/measures-of-text.md",
            "docs/models.md",
            "docs/pictures.md",
            "docs/reproducibility.md",
            "docs/studio.md");

    private static final List<String> FOLDERS = List.of("docs/recipes", "docs/handbook");

    /** Pages of prose, which show commands on lines of their own, and name some in a sentence. */
    private static final List<String> PROSE = List.of("docs/handbook/en", "docs/handbook/zh");

    @ParameterizedTest
    @MethodSource("commands")
    void hasItsArgumentsAndOptions(String command) {
        assertThatCode(() -> parse(command)).doesNotThrowAnyException();
    }

    /** A sentence may name a command without all that it needs: what is said of it must be there. */
    @ParameterizedTest
    @MethodSource("mentions")
    void isACommandThatThereIs(String command) {
        try {
            parse(command);
        } catch (MissingParameterException isLeftToTheReader) {
            assertThat(isLeftToTheReader.getMissing()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void hasItsSettings(String command) {
        ParseResult train = parse(command).subcommand();
        Map<String, String> settings = new LinkedHashMap<>(Setting.map(train.matchedOptionValue("--set", List.of())));
        if (train.hasMatchedOption("--pixels")) {
            settings.put("pixels", train.matchedOptionValue("--pixels", ""));
        }
        String recipe = train.matchedPositionalValue(0, "");

        RunConfig config = RunConfig.of(Recipes.named(recipe), "mnist", 1, settings);

        assertThat(config.recipe().name()).isEqualTo(recipe);
    }

    static Stream<String> trainings() throws IOException {
        return commands().filter(command -> command.startsWith("train "));
    }

    /** What is shown, but for the test run, which the launcher does, and what stands for any command. */
    static Stream<String> commands() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String document : DOCUMENTS) {
            text.append(Files.readString(Path.of("..", document)));
        }
        Stream<String> all = Stream.concat(
                ShownCommands.in(text.append(pages(FOLDERS)).toString()), ShownCommands.onLines(pages(PROSE)).stream());
        return all.filter(ReadmeCommandsTest::isElbos).distinct();
    }

    static Stream<String> mentions() throws IOException {
        return ShownCommands.in(pages(PROSE))
                .filter(ReadmeCommandsTest::isElbos)
                .distinct();
    }

    private static boolean isElbos(String command) {
        return !command.equals("test") && !command.startsWith("COMMAND");
    }

    private static String pages(List<String> folders) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String folder : folders) {
            try (Stream<Path> pages = Files.list(Path.of("..", folder))) {
                for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    text.append(Files.readString(page)).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static ParseResult parse(String command) {
        return Main.commandLine(Console.standard()).parseArgs(ShownCommands.words(command));
    }
}
