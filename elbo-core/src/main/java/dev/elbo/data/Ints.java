package dev.elbo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Whole numbers in a row that grows, 4 bytes each: it is never copied as a whole, as an array that grows is. */
final class Ints {
    private static final int CHUNK = 1 << 16;

    private final List<int[]> chunks = new ArrayList<>();
    private int size;
    private int taken;

    /**
     * Appends a number.
     *
     * @throws ArithmeticException if there are 2³¹ − 1 already
     */
    void add(int number) {
        int at = size;
        size = Math.incrementExact(size);
        if (at / CHUNK == chunks.size()) {
            chunks.add(new int[CHUNK]);
        }
        chunks.get(at / CHUNK)[at % CHUNK] = number;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** The number at a place, from 0. */
    int get(int at) {
        Objects.checkIndex(at, size);
        return chunks.get(at / CHUNK)[at % CHUNK];
    }

    /** Forgets all from a place on. */
    void truncate(int at) {
        size = at;
    }

    /** The first number that was not taken; what was taken is forgotten, and its memory freed. */
    int take() {
        int number = get(taken);
        taken++;
        if (taken % CHUNK == 0) {
            chunks.set(taken / CHUNK - 1, new int[0]);
        }
        return number;
    }

    /** All of them, one after the other. */
    IntStream stream() {
        return IntStream.range(0, size).map(this::get);
    }
}
