package dev.elbo.handbook.pages;

import dev.elbo.figure.WholeFile;
import dev.elbo.handbook.draw.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of the handbook within a copy of the repository: {@code docs/handbook/en/01-background.md} and so on.
 *
 * @param root the repository's folder
 */
public record Book(Path root) {

    /** A page is told apart by its language and its chapter. */
    public record Page(Path file, Language language, int chapter) {

        /** What it says. */
        public String text() throws IOException {
            return Files.readString(file);
        }
    }

    /** The folder of the handbook. */
    public Path folder() {
        return root.resolve("docs/handbook");
    }

    /** The folder of its figures and their numbers. */
    public Path figures() {
        return folder().resolve("figures");
    }

    /** All pages, in the order of languages and chapters. */
    public List<Page> pages() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (Language language : Language.values()) {
            try (Stream<Path> files = Files.list(folder().resolve(language.code()))) {
                files.filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.md"))
                        .sorted()
                        .forEach(file -> pages.add(new Page(file, language, chapter(file))));
            }
        }
        return pages;
    }

    private static int chapter(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(0, 2));
    }

    /**
     * Writes quoted code, numbers and lines of links anew where they have changed, and the table of figures.
     *
     * @return the pages that were written
     * @throws IOException if a page cannot be read or written
     * @throws IllegalStateException if what a page refers to is not there
     */
    public List<Path> refresh() throws IOException {
        List<Path> written = new ArrayList<>();
        for (Page page : pages()) {
            String now = refreshed(page);
            if (!now.equals(page.text())) {
                WholeFile.write(page.file(), now.getBytes(StandardCharsets.UTF_8));
                written.add(page.file());
            }
        }
        for (Language language : Language.values()) {
            String now = contents(language);
            if (!now.equals(Files.readString(readme(language)))) {
                WholeFile.write(readme(language), now.getBytes(StandardCharsets.UTF_8));
                written.add(readme(language));
            }
        }
        return written;
    }

    private Path readme(Language language) {
        return folder().resolve(language == Language.EN ? "README.md" : "README.zh-CN.md");
    }

    /** What the contents in a language should say. */
    private String contents(Language language) throws IOException {
        return new FigureTable(this, language).refreshed(Files.readString(readme(language)));
    }

    /** What a page should say, by the code, results and figures that there are. */
    public String refreshed(Page page) throws IOException {
        String text = new QuotedCode(root).refreshed(page.text());
        text = new QuotedText(root).refreshed(text);
        text = new QuotedNumbers(root, figures()).refreshed(text);
        return new LineLinks(page.file()).refreshed(text);
    }

    /** What is wrong with the pages, a sentence for each fault. */
    public List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Page page : pages()) {
            Path name = root.relativize(page.file());
            try {
                if (!refreshed(page).equals(page.text())) {
                    faults.add(name
                            + " is older than its code or its numbers; './elbo handbook pages' brings it up to date");
                }
            } catch (IllegalStateException e) {
                faults.add(name + ": " + e.getMessage());
            }
            PageFaults.of(this, page).forEach(fault -> faults.add(name + ": " + fault));
        }
        for (Language language : Language.values()) {
            addFaults(language, faults);
        }
        return faults;
    }

    private void addFaults(Language language, List<String> faults) throws IOException {
        Path name = root.relativize(readme(language));
        try {
            if (!contents(language).equals(Files.readString(readme(language)))) {
                faults.add(name + " has an old table of figures; './elbo handbook pages' brings it up to date");
            }
        } catch (IllegalStateException e) {
            faults.add(name + ": " + e.getMessage());
        }
    }
}
