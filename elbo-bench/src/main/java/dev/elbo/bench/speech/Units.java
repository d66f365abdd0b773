package dev.elbo.bench.speech;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a recogniser writes: its units by their number, from 1 on. Number 0 is the blank between them.
 *
 * @param names what they are called: words, characters or phones
 */
public record Units(List<String> names) {
    /** The class of steps at which no unit ends. */
    static final int BLANK = 0;

    /**
     * Copies the names.
     *
     * @throws IllegalArgumentException if there are none, or one is there twice
     */
    public Units {
        names = List.copyOf(names);
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("a recogniser's units are different, and at least one; got " + names);
        }
    }

    /** The units of utterances, in the order of the alphabet. */
    static Units of(List<Utterance> utterances) {
        return new Units(utterances.stream()
                .flatMap(each -> each.units().stream())
                .distinct()
                .sorted()
                .toList());
    }

    /** With the blank. */
    int classes() {
        return names.size() + 1;
    }

    /** Whether all of these are units. */
    public boolean know(List<String> written) {
        return new HashSet<>(names).containsAll(written);
    }

    /**
     * The numbers of units.
     *
     * @throws IllegalArgumentException if one is not known
     */
    long[] numbers(List<String> written) {
        Map<String, Long> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size() + 1L));
        return written.stream()
                .mapToLong(unit -> {
                    Long number = numbers.get(unit);
                    if (number == null) {
                        throw new IllegalArgumentException(
                                "'" + unit + "' is nothing that the recogniser knows; its units are " + names);
                    }
                    return number;
                })
                .toArray();
    }

    /** The units of the most probable class of each step: repeats are one, blanks are none. Graves et al. (2006), section 3.2. */
    List<String> bestPath(long... classes) {
        List<String> written = new ArrayList<>();
        long before = BLANK;
        for (long each : classes) {
            if (each != before && each != BLANK) {
                written.add(names.get(Math.toIntExact(each - 1)));
            }
            before = each;
        }
        return List.copyOf(written);
    }

    /** How many steps these need at least: one each, and one between two that are the same. */
    static int steps(List<String> units) {
        int repeats = 0;
        for (int i = 1; i < units.size(); i++) {
            repeats += units.get(i).equals(units.get(i - 1)) ? 1 : 0;
        }
        return units.size() + repeats;
    }
}
