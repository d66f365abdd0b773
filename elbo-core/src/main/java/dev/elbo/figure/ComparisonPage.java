package dev.elbo.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The page of a {@link Comparison}. */
record ComparisonPage(Comparison comparison) {

    Page page() {
        int count = comparison.runs().size();
        return new Page(
                count + " runs compared",
                List.of(
                        header(count),
                        notes(),
                        Page.section(
                                "What was measured", "wide", List.of(table("figures", comparison.figures(), true))),
                        Page.section(
                                "Course of training",
                                Markup.of("<p class=\"lead\">%s</p>", ReportPage.HINT),
                                "panels",
                                comparison.plots().stream().map(Plot::html).toList()),
                        differences(),
                        Markup.of("<footer>Elbo · rate + distortion = −ELBO, all in nats</footer>")));
    }

    private Markup header(int count) {
        List<Markup> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Markup.of(
                    "<li>%s%s</li>", swatch(i), comparison.runs().get(i).name()));
        }
        return Markup.of(
                "<header><p class=\"eyebrow\">Elbo · compare</p><h1>%s runs compared</h1><ul class=\"runs\">%s</ul></header>",
                count, Markup.join(names));
    }

    private static Markup swatch(int run) {
        return Markup.of(
                "<span class=\"swatch\" style=\"background:%s\"></span>",
                Ink.of(run).css());
    }

    private Markup notes() {
        return Markup.join(comparison.notes().stream()
                .map(note -> Markup.of("<p class=\"note\">%s.</p>", note))
                .toList());
    }

    private Markup differences() {
        List<List<String>> rows = comparison.differences();
        return rows.size() == 1
                ? Markup.of(
                        "<section><h2>Options that differ</h2><p>None: the runs were asked for the same.</p></section>")
                : Page.section("Options that differ", "wide", List.of(table("options that differ", rows, false)));
    }

    /**
     * A table that scrolls by itself where it is wider than the page, by keys too.
     *
     * @param rows the first are titles
     * @param isByRun whether each row is a run
     */
    private static Markup table(String label, List<List<String>> rows, boolean isByRun) {
        List<Markup> lines = IntStream.range(0, rows.size())
                .mapToObj(i -> Markup.of("<tr>%s</tr>", cells(rows.get(i), i == 0, isByRun && i > 0 ? i - 1 : -1)))
                .toList();
        return Markup.of(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table class=\"many\">%s</table></div>",
                label, Markup.join(lines));
    }

    private static Markup cells(List<String> row, boolean titles, int run) {
        List<Markup> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Markup mark = i == 0 && run >= 0 ? swatch(run) : Markup.NOTHING;
            String scope = titles ? " scope=\"col\"" : " scope=\"row\"";
            cells.add(
                    titles || i == 0
                            ? Markup.of("<th%s>%s%s</th>", Markup.trusted(scope), mark, row.get(i))
                            : Markup.of("<td>%s</td>", row.get(i)));
        }
        return Markup.join(cells);
    }
}
