package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.ImageListing.Example;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Remarks on pictures after they were decoded.
 *
 * @param broken the messages about files that could not be read, and which they are
 * @param turned how many were stored lying
 * @param transparent how many show the ground
 * @param animated how many are the first of several in their file
 */
record Remarks(List<Broken> broken, int turned, int transparent, int animated) {
    /** No remark on any picture. */
    static final Remarks NONE = ofBroken(List.of());

    /** How many broken files a message names. */
    private static final int NAMED = 20;

    /**
     * A file that could not be read.
     *
     * @param message why
     */
    record Broken(Path file, String message) {}

    Remarks {
        broken = List.copyOf(broken);
    }

    /** Remarks on pictures that could not be read. */
    static Remarks ofBroken(List<Broken> broken) {
        return new Remarks(broken, 0, 0, 0);
    }

    /** Remarks on a picture that was read. */
    static Remarks of(PictureFile file) {
        return new Remarks(List.of(), file.turned() ? 1 : 0, file.transparent() ? 1 : 0, file.animated() ? 1 : 0);
    }

    /** Those of other pictures too. */
    Remarks and(Remarks others) {
        List<Broken> all = new ArrayList<>(broken);
        all.addAll(others.broken);
        return new Remarks(all, turned + others.turned, transparent + others.transparent, animated + others.animated);
    }

    /** The examples that could be read. */
    List<Example> whole(List<Example> examples) {
        Set<Path> files = new HashSet<>();
        broken.forEach(one -> files.add(one.file()));
        return examples.stream()
                .filter(example -> !files.contains(example.file()))
                .toList();
    }

    /** The refusal of broken pictures, each with its reason. */
    InvalidFileException refusal(Path folder, int of) {
        boolean isWorthIt = broken.size() < of;
        if (broken.size() == 1) {
            return new InvalidFileException(
                    broken.get(0).message() + (isWorthIt ? " Or leave it out: --skip-broken." : ""));
        }
        StringBuilder all = new StringBuilder(
                String.format(Locale.ROOT, "%,d of %,d pictures in %s cannot be read:", broken.size(), of, folder));
        broken.stream().limit(NAMED).forEach(one -> all.append("\n  ").append(one.message()));
        if (broken.size() > NAMED) {
            all.append(String.format(Locale.ROOT, "\n  and %,d more", broken.size() - NAMED));
        }
        return new InvalidFileException(all.append(isWorthIt ? "\nTo leave them out: --skip-broken." : "")
                .toString());
    }

    /** In sentences without a full stop. */
    List<String> notes(Reading options) {
        List<String> notes = new ArrayList<>();
        if (!broken.isEmpty()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "broken pictures, left out: %,d (%s)",
                    broken.size(),
                    ImageListing.named(broken, one -> one.file().getFileName().toString())));
        }
        if (turned > 0) {
            notes.add(String.format(Locale.ROOT, "pictures that were stored lying, turned upright: %,d", turned));
        }
        if (transparent > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "transparent pictures, laid on %s: %,d (--ground chooses)",
                    options.ground(),
                    transparent));
        }
        if (animated > 0) {
            notes.add(String.format(
                    Locale.ROOT, "files of several pictures, of which the first was taken: %,d", animated));
        }
        return notes;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("turned", turned).put("transparent", transparent).put("animated", animated);
        broken.forEach(one -> json.withArray("broken")
                .addObject()
                .put("file", one.file().toString())
                .put("message", one.message()));
        return json;
    }

    static Remarks of(JsonNode json) {
        List<Broken> broken = new ArrayList<>();
        json.path("broken")
                .forEach(one -> broken.add(new Broken(
                        Path.of(one.path("file").asText()), one.path("message").asText())));
        return new Remarks(
                broken,
                json.path("turned").asInt(),
                json.path("transparent").asInt(),
                json.path("animated").asInt());
    }
}
