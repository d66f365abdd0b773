package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersesTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCompressedComesBackAcrossWidthsOfCodes() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("aaaaaaa");
        for (int i = 0; i < 6000; i++) {
            text.append((char) ('a' + random.nextInt(4)));
        }

        assertThat(new String(Lzw.decompressed(TinyLzw.compressed(text.toString())), StandardCharsets.ISO_8859_1))
                .isEqualTo(text.toString());
    }

    @Test
    void aCodeThatClearsForgetsWhatWasLearned() throws IOException {
        // codes of 9 bits: 'a', clear, six that fill the group; then 'b'
        byte[] codes = {0x61, 0, 2, 0, 0, 0, 0, 0, 0, 0x62, 0};

        assertThat(new String(Lzw.decompressed(codes), StandardCharsets.ISO_8859_1))
                .isEqualTo("ab");
    }

    @Test
    void aCodeThatWasNeverLearnedIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> Lzw.decompressed(new byte[] {(byte) 0xff, 1}))
                .withMessage("the compressed text is damaged: there is no code 511");
    }

    @Test
    void versesOfBothAreBroughtTogether() throws IOException {
        write();

        DataSet.Opening pairs = Verses.pairs().opening();
        DataSource source =
                pairs.open(folder, Reading.standard().texts(30, 100, 1).tokens(Tokeniser.SPACES));
        Field.Tokens context = (Field.Tokens) source.spec().field("context");

        assertThat(source.train().size()).isEqualTo(20); // of 21 that both have
        assertThat(source.test().orElseThrow().size()).isEqualTo(1);
        assertThat(said(source, context, "context", 0)).isEqualTo("Thou 1");
        assertThat(said(source, context, "text", 0)).isEqualTo("You, 1");
        assertThat(said(source, context, "context", 19)).isEqualTo("Thou art");
        assertThat(said(source, context, "text", 19)).isEqualTo("You are & were");
    }

    @Test
    void aVerseIsToJudgeByInBothVersions() throws IOException {
        write();
        DataSource source =
                Verses.labelled().opening().open(folder, Reading.standard().texts(30, 100, 1));

        assertThat(source.spec().field("label").names()).containsExactly("archaic", "modern");
        assertThat(source.train().size()).isEqualTo(40);
        assertThat(source.test().orElseThrow().field("label").toHost().toLongs())
                .containsExactly(0, 1);
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("bible.data"), "a bible");

        assertThatIOException()
                .isThrownBy(() -> AuthorizedVersion.verses(file))
                .withMessageStartingWith(file + " is not what bible-kjv-text holds");
    }

    private static String said(DataSource source, Field.Tokens tokens, String field, long row) {
        return tokens.vocabulary()
                .decode(source.train().field(field).select(new long[] {row}).toLongs());
    }

    /** Twenty verses of Genesis, one of Exodus, and one that only one of them has. */
    private void write() throws IOException {
        StringBuilder archaic = new StringBuilder("A title.\n");
        for (int verse = 1; verse <= 20; verse++) {
            archaic.append("Ge1:").append(verse).append(" Thou ").append(verse).append('\n');
        }
        String all = archaic + "Ge1:21 Alone.\nEx1:1 Thou art\n";
        Files.write(folder.resolve("bible.data"), TinyLzw.bible(all.substring(0, 50), all.substring(50)));
        List<String> entries = new ArrayList<>(List.of(
                "",
                "<div canonical=\"true\" osisID=\"Gen\" sID=\"g\" type=\"book\"/>",
                "<chapter n=\"1\" osisID=\"Gen.1\" sID=\"Gen.1\"/>"));
        for (int verse = 1; verse <= 20; verse++) {
            entries.add("<w lemma=\"x\">You</w><note n=\"1\">or <b>thou</b></note>, " + verse
                    + (verse == 20 ? "<div canonical=\"true\" eID=\"g\" osisID=\"Gen\" type=\"book\"/>" : ""));
        }
        entries.add("<div canonical=\"true\" osisID=\"Exod\" sID=\"e\" type=\"book\"/> <title>Exodus</title>");
        entries.add("<chapter n=\"1\" osisID=\"Exod.1\" sID=\"Exod.1\"/>");
        entries.add("You are &amp; were");
        writeModule("ot", entries);
        writeModule("nt", List.of());
    }

    private void writeModule(String testament, List<String> entries) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        ByteBuffer verses = ByteBuffer.allocate(10 * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (String entry : entries) {
            byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
            verses.putInt(0).putInt(block.size()).putShort((short) bytes.length);
            block.writeBytes(bytes);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(block.toByteArray());
        }
        ByteBuffer index = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        index.putInt(0).putInt(packed.size()).putInt(block.size());
        Files.write(folder.resolve(testament + ".bzv"), verses.array());
        Files.write(folder.resolve(testament + ".bzz"), packed.toByteArray());
        Files.write(folder.resolve(testament + ".bzs"), index.array());
    }
}
