package dev.elbo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The King James Bible in the file of Debian's bible-kjv-text: {@link Lzw} windows of 64 KiB, behind a header with the number of windows
 * at byte 88, and from there on where each begins. A line is a verse, as in "Ge1:1 In the beginning …".
 */
final class AuthorizedVersion {
    private static final String NAME = "EC02Compressed Data File";
    private static final int WINDOWS = 88;
    private static final Pattern VERSE = Pattern.compile("(\\d?[A-Za-z]+)(\\d+):(\\d+) (.*)");

    private AuthorizedVersion() {}

    /** The verses, by the number of the book from 0, chapter and verse: "0.1.1". */
    static Map<String, String> verses(Path file) throws IOException {
        Map<String, String> verses = new LinkedHashMap<>();
        String last = "";
        int book = -1;
        for (String line : text(file).lines().toList()) {
            Matcher verse = VERSE.matcher(line);
            if (verse.matches()) {
                book += verse.group(1).equals(last) ? 0 : 1;
                last = verse.group(1);
                verses.put(
                        book + "." + verse.group(2) + "." + verse.group(3),
                        verse.group(4).strip());
            }
        }
        return verses;
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (!new String(bytes, StandardCharsets.ISO_8859_1).startsWith(NAME)) {
            throw new InvalidFileException(file, "is not what bible-kjv-text holds", InvalidFileException.REPLACE);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).position(WINDOWS);
        int[] from = new int[header.getInt() + 1];
        for (int i = 0; i < from.length; i++) {
            from[i] = header.getInt();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < from.length; i++) {
            text.append(new String(
                    Lzw.decompressed(Arrays.copyOfRange(bytes, from[i], from[i + 1])), StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
