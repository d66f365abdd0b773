package dev.elbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./elbo} in a small project of its own, with a Maven and a Java that only tell how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @TempDir
    Path folder;

    private Path project;
    private Path source;

    @BeforeEach
    void makeProject() throws IOException {
        project = folder.resolve("a project");
        source = project.resolve("elbo-core/src/main/java/Prior.java");
        write(source, "class Prior {}");
        write(project.resolve("pom.xml"), "<project/>");
        write(project.resolve("elbo-core/pom.xml"), "<project/>");
        script(project.resolve("elbo"), Files.readString(Path.of("..", "elbo")));
        maven("mkdir -p elbo-cli/target && touch elbo-cli/target/elbo-cli.jar");
        java("21.0.1");
    }

    @Test
    void buildsOnFirstUseAndThenOnlyWhereASourceChanged() throws Exception {
        assertThat(elbo("--version").errors()).contains("building Elbo (first use");
        assertThat(elbo("--version").errors()).isEmpty();

        write(source, "final class Prior {}");
        assertThat(elbo("--version").errors()).contains("building Elbo (sources changed)");
        assertThat(mavenCalls()).hasSize(2).allMatch(call -> call.endsWith(" package"));
    }

    @Test
    void buildsForCardsWhenAskedToAndStaysSo() throws Exception {
        Path elbo = project.resolve("elbo");
        elbo("--version");

        assertThat(Outcome.of(begin(Map.of("ELBO_GPU", "1"), elbo, List.of("--version")))
                        .errors())
                .contains("building Elbo (for other devices");
        assertThat(elbo("--version").errors()).isEmpty();
        write(source, "final class Prior {}");
        elbo("--version");
        Outcome.of(begin(Map.of("ELBO_GPU", "0"), elbo, List.of("--version")));
        elbo("--version");

        assertThat(mavenCalls()).hasSize(4);
        assertThat(mavenCalls().get(1)).endsWith(" -Pgpu package");
        assertThat(mavenCalls().get(2)).endsWith(" -Pgpu package");
        assertThat(mavenCalls().get(3)).doesNotContain("-Pgpu");
    }

    @Test
    void buildsAgainWhereASourceWasDeleted() throws Exception {
        elbo("--version");
        Files.delete(source);

        elbo("--version");

        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void twoFirstCallsAtOnceBuildOnce() throws Exception {
        maven("sleep 1; mkdir -p elbo-cli/target && touch elbo-cli/target/elbo-cli.jar");
        Process one = begin(project.resolve("elbo"), "recipes");
        Process other = begin(project.resolve("elbo"), "recipes");

        assertThat(List.of(one.waitFor(), other.waitFor())).containsOnly(0);
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void startsThroughALinkAndPassesArgumentsAsTheyAre() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project", "elbo"));

        Outcome outcome = Outcome.of(begin(link, "train", "--set", "a b"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.output()).contains("a project/elbo-cli/target/elbo-cli.jar] [train] [--set] [a b]");
    }

    @Test
    void setsTheThreadsOfTheNativesUnlessTheUserDid() throws Exception {
        assertThat(elbo("runs").output()).contains("OMP_WAIT_POLICY=PASSIVE OPENBLAS_THREAD_TIMEOUT=4");

        Outcome outcome =
                Outcome.of(begin(Map.of("OPENBLAS_THREAD_TIMEOUT", "9"), project.resolve("elbo"), List.of("runs")));
        assertThat(outcome.output()).contains("OMP_WAIT_POLICY=PASSIVE OPENBLAS_THREAD_TIMEOUT=9");
    }

    @Test
    void tellsWhereItsModelsLieUnlessTheUserDid() throws Exception {
        assertThat(elbo("models").output()).contains("ELBO_MODELS=[" + project.toRealPath() + "/models]");

        Outcome outcome = Outcome.of(begin(Map.of("ELBO_MODELS", "mine"), project.resolve("elbo"), List.of("models")));
        assertThat(outcome.output()).contains("ELBO_MODELS=[mine]");
    }

    private String called(Path place, String... words) throws Exception {
        String output = Outcome.of(begin(place, Map.of(), List.of(words))).output();
        return output.substring(output.indexOf("ELBO_COMMAND=[") + 14, output.indexOf("]\n"));
    }

    @Test
    void tellsWhatItWasCalledByAsItWasTyped() throws Exception {
        elbo("--version");
        Path elbo = project.resolve("elbo");
        Path other = Files.createSymbolicLink(folder.resolve("bin/vae"), elbo);

        assertThat(called(project, "./elbo", "runs")).isEqualTo("./elbo");
        assertThat(called(folder, "a project/elbo", "runs")).isEqualTo("a project/elbo");
        assertThat(called(folder, elbo.toString(), "runs")).isEqualTo(elbo.toString());
        assertThat(called(project, "bash", "elbo", "runs")).isEqualTo("./elbo");
        assertThat(called(folder, "bash", "-c", "vae runs"))
                .as("found on the PATH")
                .isEqualTo("vae");
        assertThat(called(folder, other.toString(), "runs")).isEqualTo("vae");
    }

    @Test
    void whereTheLocaleHoldsAsciiAloneAnotherIsTaken() throws Exception {
        elbo("--version");
        for (String locale : List.of("C", "POSIX", "xx_XX.nonsense")) {
            Outcome outcome = Outcome.of(begin(Map.of("LC_ALL", locale), project.resolve("elbo"), List.of("runs")));
            assertThat(outcome.output()).as(locale).containsPattern("LC_ALL=\\[(C|en_US)\\.UTF-8\\]");
            assertThat(outcome.errors()).doesNotContain("elbo:");
        }
        Outcome outcome = Outcome.of(begin(Map.of("LC_ALL", "C.UTF-8"), project.resolve("elbo"), List.of("runs")));
        assertThat(outcome.output()).contains("LC_ALL=[C.UTF-8]");
    }

    /** The command line itself, by the script, in a locale that holds ASCII alone. */
    @Test
    void namesThatAreNotAsciiStayWholeInEveryLocale() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "this test writes such names itself");
        Path images = TinyImages.write(folder.resolve("Größen 犬"));
        for (String split : List.of("train", "test")) {
            Files.move(
                    images.resolve(split).resolve("lying"),
                    images.resolve(split).resolve("été"));
            Files.move(
                    images.resolve(split).resolve("standing"),
                    images.resolve(split).resolve("犬"));
        }
        buildTheCommandLineItself();
        Map<String, String> ascii = Map.of("LC_ALL", "C", "ELBO_JAVA", System.getProperty("java.home"));
        Path elbo = project.resolve("elbo");
        List<String> train = List.of("train", "cvae", "--data", "Größen 犬", "--epochs", "1", "--set", "hidden=4");

        Outcome trained = Outcome.of(begin(
                ascii,
                elbo,
                Stream.concat(train.stream(), Stream.of("--samples", "1", "--out", "Läufe/ü"))
                        .toList()));
        assertThat(trained.code()).as(trained.errors()).isZero();
        assertThat(trained.output())
                .contains("data      Größen 犬: 152 training", "run       Läufe/ü\n")
                .contains("  '" + elbo + "' sample last --count 64");
        assertThat(folder.resolve("Läufe/ü/config.json")).content().contains("\"été\"", "\"犬\"", "/Größen 犬\"");
        assertThat(folder.resolve("Läufe/ü/report.html")).content().contains("Größen 犬");

        Outcome sampled = Outcome.of(begin(ascii, elbo, List.of("sample", "last", "--given", "label=犬")));
        assertThat(sampled.code()).as(sampled.errors()).isZero();
        Outcome unknown = Outcome.of(begin(ascii, elbo, List.of("sample", "Läufe/ü", "--given", "label=éte")));
        assertThat(unknown.errors()).contains("unknown label 'éte'; did you mean 'été'?");
    }

    /** A jar that leads to the classes under test, and no rehearsal, which would take a while. */
    private void buildTheCommandLineItself() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(path -> Path.of(path).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes);
        Path jar = folder.resolve("real.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        String archive = "elbo-cli/target/classes-" + System.getProperty("java.version") + ".jsa";
        maven("cp '" + jar + "' elbo-cli/target/elbo-cli.jar; : >" + archive);
    }

    @Test
    void showsTheErrorsOfABuildThatFailedAndTriesAgainNextTime() throws Exception {
        maven("echo '[ERROR] Prior.java:[1,1] a semicolon is missing'; exit 1");

        for (int attempt = 1; attempt <= 2; attempt++) {
            Outcome outcome = elbo("recipes");
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.output()).isEmpty();
            assertThat(outcome.errors()).contains("[ERROR] Prior.java:[1,1] a semicolon is missing", "build.log");
        }
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void refusesAJavaThatIsTooOld() throws Exception {
        elbo("--version");
        java("11.0.2");

        Outcome outcome = elbo("--version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.errors())
                .contains("is no Java 17 or newer", folder.resolve("jdk").toString());
    }

    @Test
    void testVerifiesTheWholeProject() throws Exception {
        Outcome outcome = elbo("test", "-Dtest=PriorTest");

        assertThat(outcome.code()).isZero();
        assertThat(mavenCalls()).singleElement().asString().endsWith(" verify -Dtest=PriorTest");
    }

    private Outcome elbo(String... arguments) throws Exception {
        return Outcome.of(begin(project.resolve("elbo"), arguments));
    }

    private Process begin(Path launcher, String... arguments) throws IOException {
        return begin(Map.of(), launcher, List.of(arguments));
    }

    private Process begin(Map<String, String> variables, Path launcher, List<String> arguments) throws IOException {
        List<String> words = Stream.concat(Stream.of(launcher.toString()), arguments.stream())
                .toList();
        return begin(folder, variables, words);
    }

    private Process begin(Path place, Map<String, String> variables, List<String> words) throws IOException {
        ProcessBuilder process = new ProcessBuilder(words);
        Map<String, String> environment = process.environment();
        List.of(
                        "ELBO_BUILDING",
                        "ELBO_GPU",
                        "ELBO_JAVA_OPTS",
                        "ELBO_MODELS",
                        "ELBO_RUNS",
                        "OMP_WAIT_POLICY",
                        "OPENBLAS_THREAD_TIMEOUT")
                .forEach(environment::remove);
        environment.put("ELBO_JAVA", folder.resolve("jdk").toString());
        environment.merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        environment.putAll(variables);
        return process.directory(place.toFile()).start();
    }

    private void maven(String body) throws IOException {
        String calls = "echo \"$*\" >>'" + folder.resolve("maven-calls") + "'\n";
        script(folder.resolve("bin/mvn"), "#!/bin/sh\n" + calls + body + "\n");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(folder.resolve("maven-calls"));
    }

    private void java(String version) throws IOException {
        String variables = """
                echo LC_ALL=[$LC_ALL] ELBO_COMMAND=[$ELBO_COMMAND]
                echo OMP_WAIT_POLICY=$OMP_WAIT_POLICY OPENBLAS_THREAD_TIMEOUT=$OPENBLAS_THREAD_TIMEOUT
                echo ELBO_MODELS=[$ELBO_MODELS]
                """;
        script(folder.resolve("jdk/bin/java"), "#!/bin/sh\n" + variables + "printf '[%s] ' \"$@\"\n");
        script(folder.resolve("jdk/bin/javac"), "#!/bin/sh\n");
        write(folder.resolve("jdk/release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private record Outcome(int code, String output, String errors) {
        static Outcome of(Process process) throws Exception {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
            return new Outcome(process.waitFor(), output, errors);
        }
    }
}
