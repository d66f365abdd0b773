package dev.elbo.handbook.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links to a line of a file: {@code [the bound](../Elbo.java#L42 "distortion.plus(rate)")} leads to the first line with the
 * text that is its title, wherever that line has moved to.
 */
record LineLinks(Path page) {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)#L(\\d*) \"([^\"\\n]+)\"\\)");

    String refreshed(String text) throws IOException {
        StringBuilder fresh = new StringBuilder();
        int from = 0;
        for (Matcher link = LINK.matcher(text); link.find(); from = link.end(2)) {
            fresh.append(text, from, link.start(2)).append(line(link.group(1), link.group(3)));
        }
        return fresh.append(text.substring(from)).toString();
    }

    private int line(String target, String words) throws IOException {
        Path file = page.resolveSibling(target).normalize();
        if (!Files.exists(file)) {
            throw new IllegalStateException("a link leads to " + target + ", which is not there");
        }
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(words)) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no line of " + target + " says: " + words);
    }
}
