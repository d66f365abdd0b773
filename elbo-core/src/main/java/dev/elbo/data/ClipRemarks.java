package dev.elbo.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Remarks that are to be told of recordings, by file. */
final class ClipRemarks {
    private final Map<String, List<String>> files = new LinkedHashMap<>();

    /**
     * Takes note of a recording.
     *
     * @param what it is one of, in the plural, and what was done with it: "silent recordings, left out"
     */
    void add(String what, String file) {
        files.computeIfAbsent(what, first -> new ArrayList<>()).add(file);
    }

    /** In sentences without a full stop, each with a count and the first files. */
    List<String> notes() {
        return files.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s: %,d (%s)",
                        entry.getKey(),
                        entry.getValue().size(),
                        ImageListing.named(entry.getValue(), Function.identity())))
                .toList();
    }
}
