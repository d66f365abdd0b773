package dev.elbo.pronunciation;

import java.util.Map;

/** Roman numerals. */
final class Roman {
    private static final Map<Character, Integer> VALUES =
            Map.of('I', 1, 'V', 5, 'X', 10, 'L', 50, 'C', 100, 'D', 500, 'M', 1000);

    private Roman() {}

    /** The number of a numeral: a sign before a greater one is taken away. */
    static int value(String numeral) {
        int sum = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int value = value(numeral, i);
            sum += value < value(numeral, i + 1) ? -value : value;
        }
        return sum;
    }

    private static int value(String numeral, int place) {
        return place < numeral.length() ? VALUES.getOrDefault(numeral.charAt(place), 0) : 0;
    }
}
