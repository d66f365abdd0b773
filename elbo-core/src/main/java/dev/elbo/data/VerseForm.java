package dev.elbo.data;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of regular Chinese verse: "7x4" are four lines of seven characters, each with a mark at its end. */
public final class VerseForm {
    private static final Pattern LINE = Pattern.compile("(\\p{IsHan}+)[，。！？；：、]");
    private static final Pattern NAME = Pattern.compile("\\d+x\\d+");

    private VerseForm() {}

    /** The form of a poem; nothing if its lines are of different lengths, or something else stands in it. */
    public static Optional<String> of(String poem) {
        Matcher line = LINE.matcher(poem);
        Set<Integer> lengths = new HashSet<>();
        int lines = 0;
        int end = 0;
        for (; end < poem.length() && line.find(end) && line.start() == end; end = line.end()) {
            lengths.add(line.group(1).codePointCount(0, line.group(1).length()));
            lines++;
        }
        boolean isRegular = end == poem.length() && lengths.size() == 1;
        return isRegular ? Optional.of(lengths.iterator().next() + "x" + lines) : Optional.empty();
    }

    /** Whether a poem has the form that a label names; true of a label that names none. */
    public static boolean isKept(String poem, String label) {
        return !NAME.matcher(label).matches() || of(poem).filter(label::equals).isPresent();
    }
}
