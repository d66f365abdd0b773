package dev.elbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        ProcessBuilder process = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), arguments.stream())
                .toList());
        Map<String, String> environment = process.environment();
        List.of("ELBO_BUILDING", "ELBO_GPU", "ELBO_JAVA_OPTS", "OMP_WAIT_POLICY", "OPENBLAS_THREAD_TIMEOUT")
                .forEach(environment::remove);
        environment.put("ELBO_JAVA", folder.resolve("jdk").toString());
        environment.merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        environment.putAll(variables);
        return process.directory(folder.toFile()).start();
    }

    private void maven(String body) throws IOException {
        String calls = "echo \"$*\" >>'" + folder.resolve("maven-calls") + "'\n";
        script(folder.resolve("bin/mvn"), "#!/bin/sh\n" + calls + body + "\n");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(folder.resolve("maven-calls"));
    }

    private void java(String version) throws IOException {
        String variables = "echo OMP_WAIT_POLICY=$OMP_WAIT_POLICY OPENBLAS_THREAD_TIMEOUT=$OPENBLAS_THREAD_TIMEOUT\n";
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
