package dev.elbo.handbook.pages;

import dev.elbo.handbook.draw.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be wrong with a page by itself: its headings, its links, and pictures that say nothing to who cannot see them. */
final class PageFaults {
    private static final Pattern CODE =
            Pattern.compile("(?s)```.*?```|`[^`\\n]*`|<!--.*?-->|\\$\\$.*?\\$\\$|\\$[^$\\n]+\\$");
    private static final Pattern NUMBER_FIRST = Pattern.compile("(?m)^ {0,3}<!--number ");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ .*$");
    private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]]*)\\]\\(([^)\\s]+)(?: \"[^\"]*\")?\\)");

    private static final Pattern LIVE = Pattern.compile("<!--live (.*?)-->");

    /** The figures that the studio draws anew as a reader moves them. */
    private static final Set<String> LIVE_FIGURES = Set.of("reparameterisation", "divergence", "plane");

    private PageFaults() {}

    static List<String> of(Book book, Book.Page page) throws IOException {
        String prose = CODE.matcher(page.text()).replaceAll("");
        List<String> faults = new ArrayList<>();
        headings(page, prose, faults);
        LIVE.matcher(page.text())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !LIVE_FIGURES.contains(name))
                .forEach(name -> faults.add("asks for the live figure '" + name + "'; there are "
                        + LIVE_FIGURES.stream().sorted().toList()));
        if (NUMBER_FIRST.matcher(page.text()).find()) {
            faults.add(
                    "has a line that begins with a quoted number, and Markdown ends the paragraph there; begin it with a word");
        }
        if (page.language() == Language.ZH) {
            faults.addAll(strangers(prose, Term.read(book.folder().resolve("glossary.md"))));
        }
        for (Matcher link = LINK.matcher(prose); link.find(); ) {
            check(page, !link.group(1).isEmpty(), link.group(2), link.group(3), faults);
        }
        return faults;
    }

    /** Those of the outline, all and in order. Headings without a number may stand between them. */
    private static void headings(Book.Page page, String prose, List<String> faults) {
        List<String> found = HEADING.matcher(prose)
                .results()
                .map(match -> match.group().strip())
                .filter(line -> line.matches("#+ \\d.*"))
                .toList();
        List<String> expected = Outline.chapter(page.chapter()).stream()
                .map(heading -> heading.line(page.language()))
                .toList();
        if (!found.equals(expected)) {
            expected.stream()
                    .filter(line -> !found.contains(line))
                    .forEach(line -> faults.add("lacks the heading " + line));
            found.stream()
                    .filter(line -> !expected.contains(line))
                    .forEach(line -> faults.add("the outline has no " + line));
            if (found.containsAll(expected) && expected.containsAll(found)) {
                faults.add("has its headings in another order than the outline");
            }
        }
    }

    private static void check(Book.Page page, boolean image, String words, String target, List<String> faults)
            throws IOException {
        if (image && words.isBlank()) {
            faults.add("the picture " + target + " has no words for who cannot see it");
        }
        if (image
                && target.endsWith(".svg")
                && !target.endsWith("." + page.language().code() + ".svg")) {
            faults.add("the figure " + target + " is of another language");
        }
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return;
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            faults.add("the link to " + target + " leads nowhere");
        } else if (parts.length == 2
                && file.toString().endsWith(".md")
                && !anchors(file).contains(parts[1])) {
            faults.add("no heading of " + parts[0] + " has the anchor #" + parts[1]);
        }
    }

    /** Chinese pages call a thing by the glossary's word for it, and not by another. */
    static List<String> strangers(String prose, List<Term> terms) {
        List<String> faults = new ArrayList<>();
        for (Term term : terms) {
            term.avoided().stream()
                    .filter(prose::contains)
                    .forEach(word -> faults.add("says " + word + " where the glossary says " + term.chinese()));
        }
        return faults;
    }

    private static List<String> anchors(Path file) throws IOException {
        return HEADING.matcher(CODE.matcher(Files.readString(file)).replaceAll(""))
                .results()
                .map(match -> anchor(match.group()))
                .toList();
    }

    /** As code hosts make it of a heading: in small letters, without punctuation, a hyphen for each space. */
    static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                .replace(' ', '-');
    }
}
