package dev.elbo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the Unix program compress has written, without its header of three bytes: Lempel-Ziv codes (Welch 1984) of 9 to 16 bits, least
 * significant bit first. Codes of one width come in groups of eight; a code 256 forgets all that was learned.
 */
final class Lzw {
    private static final int LEAST_BITS = 9;
    private static final int MOST_BITS = 16;
    private static final int CLEAR = 256;
    private static final int GROUP = 8;

    private final byte[] data;
    private final List<byte[]> table = new ArrayList<>();
    private int bits = LEAST_BITS;
    private long group; // the bit at which codes of this width begin
    private long at;

    private Lzw(byte[] data) {
        this.data = data;
        for (int one = 0; one < CLEAR; one++) {
            table.add(new byte[] {(byte) one});
        }
        table.add(new byte[0]);
    }

    /**
     * The content.
     *
     * @throws IOException if these are no such codes
     */
    static byte[] decompressed(byte[] data) throws IOException {
        return new Lzw(data).decompressed();
    }

    private byte[] decompressed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] last = new byte[0];
        while (at + bits <= GROUP * (long) data.length) {
            int code = next();
            if (code == CLEAR) {
                table.subList(CLEAR + 1, table.size()).clear();
                width(LEAST_BITS);
                last = new byte[0];
                continue;
            }
            byte[] found = found(code, last);
            if (last.length > 0 && table.size() < 1 << MOST_BITS) {
                table.add(with(last, found[0]));
            }
            out.writeBytes(found);
            last = found;
            if (table.size() >= 1 << bits && bits < MOST_BITS) {
                width(bits + 1);
            }
        }
        return out.toByteArray();
    }

    /** A code may stand for what is about to be learned: what came last, and its first byte. */
    private byte[] found(int code, byte[] last) throws IOException {
        if (code > table.size() || (code == table.size() && last.length == 0)) {
            throw new IOException("the compressed text is damaged: there is no code " + code);
        }
        return code < table.size() ? table.get(code) : with(last, last[0]);
    }

    private static byte[] with(byte[] some, byte one) {
        byte[] more = Arrays.copyOf(some, some.length + 1);
        more[some.length] = one;
        return more;
    }

    private int next() {
        int code = 0;
        for (int bit = 0; bit < bits; bit++, at++) {
            code |= (data[(int) (at >> 3)] >> (int) (at & 7) & 1) << bit;
        }
        return code;
    }

    /** Goes on with codes of another width, behind the last group of this one. */
    private void width(int next) {
        long size = (long) GROUP * bits;
        at = group + (at - group + size - 1) / size * size;
        group = at;
        bits = next;
    }
}
