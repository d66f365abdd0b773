package dev.elbo.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A text as the Unix program compress writes it, without its header: codes of one width fill groups of eight. */
final class TinyLzw {
    private final List<Boolean> bits = new ArrayList<>();
    private int width = 9;
    private int inGroup;

    private TinyLzw() {}

    static byte[] compressed(String text) {
        return new TinyLzw().of(text);
    }

    private byte[] of(String text) {
        Map<String, Integer> codes = new HashMap<>();
        for (int one = 0; one < 256; one++) {
            codes.put(String.valueOf((char) one), one);
        }
        String known = "";
        int next = 257;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (codes.containsKey(known + character)) {
                known += character;
                continue;
            }
            write(codes.getOrDefault(known, 0));
            codes.put(known + character, next++);
            if (next > 1 << width) { // the reader learns one code later than the writer
                fill();
                width++;
            }
            known = String.valueOf(character);
        }
        write(codes.getOrDefault(known, 0));
        return bytes();
    }

    private void write(int code) {
        for (int bit = 0; bit < width; bit++) {
            bits.add((code >> bit & 1) == 1);
        }
        inGroup = (inGroup + 1) % 8;
    }

    private void fill() {
        while (inGroup > 0) {
            write(0);
        }
    }

    private byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < bits.size(); from += 8) {
            int value = 0;
            for (int bit = from; bit < Math.min(bits.size(), from + 8); bit++) {
                value |= (bits.get(bit) ? 1 : 0) << (bit - from);
            }
            out.write(value);
        }
        return out.toByteArray();
    }

    /** A file as Debian's bible-kjv-text has it, of a window for each text. */
    static byte[] bible(String... windows) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int begin = 92 + 4 * (windows.length + 1);
        ByteBuffer header = ByteBuffer.allocate(begin);
        header.put("EC02Compressed Data File".getBytes(StandardCharsets.ISO_8859_1))
                .position(88);
        header.putInt(windows.length).putInt(begin);
        for (String window : windows) {
            body.writeBytes(compressed(window));
            header.putInt(begin + body.size());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header.array());
        file.writeBytes(body.toByteArray());
        return file.toByteArray();
    }
}
