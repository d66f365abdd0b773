package dev.elbo.handbook.pages;

import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Handbook;
import dev.elbo.handbook.draw.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of the handbook's contents in a language: under which heading each figure stands, which class and which command make it,
 * which test runs it. It is written between two comments of the folder's README, {@code <!--figures-->} and {@code <!--/figures-->}.
 */
record FigureTable(Book book, Language language) {
    private static final Pattern PLACE = Pattern.compile("(?s)(<!--figures-->\\n).*?(<!--/figures-->)");
    private static final Pattern LINE =
            Pattern.compile("(?m)^#+ (\\d[\\d.]* .*)$|!\\[[^\\]]*\\]\\(\\.\\./figures/([\\w-]+)\\.\\w+\\.svg\\)");
    private static final String TESTS = "elbo-handbook/src/test/java/dev/elbo/handbook";
    private static final String OF_ALL = "ExperimentsTest";

    /** A README with the table as it should be; one without the two comments stays as it is. */
    String refreshed(String readme) throws IOException {
        Matcher place = PLACE.matcher(readme);
        if (!place.find()) {
            return readme;
        }
        return place.replaceFirst(Matcher.quoteReplacement(place.group(1) + table() + place.group(2)));
    }

    private String table() throws IOException {
        StringBuilder table = new StringBuilder(
                language == Language.EN
                        ? "| heading | figure | code | command | test |\n"
                        : "| 标题 | 图 | 代码 | 命令 | 测试 |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
        for (Book.Page page : book.pages()) {
            if (page.language() == language) {
                rows(page).forEach(row -> table.append(row).append('\n'));
            }
        }
        return table.toString();
    }

    /** A row for each heading that has figures, and for each further figure; a heading without one has an empty row. */
    private List<String> rows(Book.Page page) throws IOException {
        List<String> rows = new ArrayList<>();
        String waiting = "";
        String heading = "";
        Set<String> shown = new LinkedHashSet<>();
        for (Matcher line = LINE.matcher(page.text()); line.find(); ) {
            if (line.group(1) != null) {
                addWithout(rows, waiting);
                heading = link(page, line.group(1));
                waiting = isLeaf(line.group(1)) ? heading : "";
            } else if (shown.add(line.group(2))) {
                rows.add(row(heading, line.group(2)));
                waiting = "";
            }
        }
        addWithout(rows, waiting);
        return rows;
    }

    private static void addWithout(List<String> rows, String heading) {
        if (!heading.isEmpty()) {
            rows.add("| " + heading + " | | | | |");
        }
    }

    /** Headings of the third level are what text stands under. */
    private static boolean isLeaf(String heading) {
        return heading.matches("\\d+\\.\\d+\\.\\d+ .*");
    }

    private String link(Book.Page page, String heading) {
        return "[" + heading + "](" + language.code() + "/" + page.file().getFileName() + "#"
                + PageFaults.anchor(heading) + ")";
    }

    private String row(String heading, String figure) throws IOException {
        Class<? extends Experiment> type = experiment(figure).getClass();
        String source = type.getName().replace('.', '/') + ".java";
        return "| %s | [%s](figures/%s.%s.svg) | [`%s`](../../elbo-handbook/src/main/java/%s) | `./elbo handbook figure %s` | %s |"
                .formatted(heading, figure, figure, language.code(), type.getSimpleName(), source, figure, tests(type));
    }

    private static Experiment experiment(String figure) {
        try {
            return Handbook.named(figure);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The tests that name an experiment; else the one that runs them all. */
    private String tests(Class<?> experiment) throws IOException {
        Path folder = book.root().resolve(TESTS);
        Pattern named = Pattern.compile("\\bnew " + experiment.getSimpleName() + "\\(");
        List<String> links = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                    .sorted()
                    .toList()) {
                if (named.matcher(Files.readString(file)).find()) {
                    links.add(test(folder.relativize(file).toString()));
                }
            }
        }
        return links.isEmpty() ? test(OF_ALL + ".java") : String.join(", ", links);
    }

    private static String test(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).replace(".java", "");
        return "[`" + name + "`](../../" + TESTS + "/" + file + ")";
    }
}
