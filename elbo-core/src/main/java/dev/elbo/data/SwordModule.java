package dev.elbo.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;

/**
 * The text of a module of SWORD's kind zText: for each testament blocks compressed by zlib (.bzz), where each block begins (.bzs: offset,
 * size, size unpacked, 12 bytes), and in which block each verse is (.bzv: block, offset, size, 10 bytes). What is behind the beginning
 * of a chapter are its verses, in their order; their mark-up is removed, with notes and titles.
 */
final class SwordModule {
    private static final Pattern BOOK = Pattern.compile("<div [^>]*\\bsID=[^>]*type=\"book\"");
    private static final Pattern CHAPTER = Pattern.compile("<chapter [^>]*osisID=\"([^\"]+)\"");
    private static final Pattern ASIDE = Pattern.compile("<(note|title)\\b.*?</\\1>", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern STRAY = Pattern.compile(" +(?=[,.;:!?”’])");

    private SwordModule() {}

    /** The verses of both testaments, by book, chapter and verse: "Gen.1.1". */
    static Map<String, String> verses(Path folder) throws IOException {
        Map<String, String> verses = new LinkedHashMap<>();
        for (String testament : List.of("ot", "nt")) {
            addTo(verses, entries(folder, testament));
        }
        return verses;
    }

    private static void addTo(Map<String, String> verses, List<String> entries) {
        String chapter = "";
        int verse = 0;
        for (String entry : entries) {
            Matcher begins = CHAPTER.matcher(entry);
            if (begins.find()) {
                chapter = begins.group(1);
                verse = 0;
            } else if (BOOK.matcher(entry).find()) {
                chapter = "";
            } else if (!chapter.isEmpty()) {
                verse++;
                String text = plain(entry);
                if (!text.isEmpty()) {
                    verses.put(chapter + "." + verse, text);
                }
            }
        }
    }

    /** What is left without mark-up. A note stands where a space may be. */
    private static String plain(String entry) {
        String words = TAG.matcher(ASIDE.matcher(entry).replaceAll(" ")).replaceAll("");
        String text = words.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
        return STRAY.matcher(Spaces.single(text)).replaceAll("");
    }

    private static List<String> entries(Path folder, String testament) throws IOException {
        List<byte[]> blocks = blocks(folder, testament);
        ByteBuffer verses = read(folder.resolve(testament + ".bzv"));
        List<String> entries = new ArrayList<>();
        while (verses.hasRemaining()) {
            int block = verses.getInt();
            int from = verses.getInt();
            int size = Short.toUnsignedInt(verses.getShort());
            entries.add(size == 0 ? "" : new String(blocks.get(block), from, size, StandardCharsets.UTF_8));
        }
        return entries;
    }

    private static List<byte[]> blocks(Path folder, String testament) throws IOException {
        ByteBuffer index = read(folder.resolve(testament + ".bzs"));
        byte[] packed = read(folder.resolve(testament + ".bzz")).array();
        List<byte[]> blocks = new ArrayList<>();
        while (index.hasRemaining()) {
            int from = index.getInt();
            int size = index.getInt();
            index.getInt();
            try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed, from, size))) {
                blocks.add(size == 0 ? new byte[0] : in.readAllBytes());
            }
        }
        return blocks;
    }

    private static ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
