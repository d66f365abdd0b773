package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The page of a {@link Report}. */
final class ReportPage {
    /** What the page's script reveals: without it nothing can be read off. */
    static final Markup HINT = Markup.trusted("""
            <span class="reading" hidden>Values: point at a plot, or choose it with Tab and use ← →, Page Up, Page Down, \
            Home and End. A noisy curve is read off its running mean.</span>""");

    private final RunFiles run;
    private final Commands commands;

    ReportPage(RunFiles run, Commands commands) {
        this.run = run;
        this.commands = commands;
    }

    Page page() {
        List<Markup> parts = List.of(
                header(),
                notes(),
                KeyNumbers.of(run).html(),
                curves(),
                figures(),
                configuration(),
                commands(),
                footer());
        return new Page(title(), parts);
    }

    private String title() {
        String recipe = run.config().path("recipe").path("name").asText("");
        String data = run.config().path("data").path("name").asText("");
        return recipe.isEmpty() || data.isEmpty() ? run.name() : recipe + " on " + lastName(data);
    }

    /** Of data at a path, the file's or folder's own name. */
    private static String lastName(String data) {
        return data.replaceFirst("[/\\\\]+$", "").replaceFirst("^.*[/\\\\]", "");
    }

    private Markup header() {
        return Markup.of(
                "<header><p class=\"eyebrow\">Elbo · run %s</p><h1>%s</h1><p>%s</p></header>",
                run.name(), title(), course());
    }

    /** As in "8,600 steps, 20 epochs in 33 s · seed 1 · on cpu · started 2026-11-23 06:02 UTC". */
    private String course() {
        List<String> facts = new ArrayList<>();
        List<Metrics.Point> training = run.metrics().training();
        if (!training.isEmpty()) {
            facts.add(progress(training.get(training.size() - 1)));
        }
        fact(facts, "seed ", run.config().path("seed"));
        fact(facts, "on ", run.config().path("environment").path("device"));
        String started = run.config().path("started").asText("");
        if (started.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z")) {
            facts.add("started " + started.substring(0, 16).replace('T', ' ') + " UTC");
        }
        return String.join(" · ", facts);
    }

    private static String progress(Metrics.Point last) {
        String steps = String.format(Locale.ROOT, "%,d steps", last.step());
        String epochs = Double.isFinite(last.epoch())
                ? String.format(Locale.ROOT, ", %.1f epochs", last.epoch()).replace(".0 ", " ")
                : "";
        return steps + epochs + (Double.isFinite(last.seconds()) ? " in " + duration(last.seconds()) : "");
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        return whole < 7200
                ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole % 3600 / 60);
    }

    private static void fact(List<String> facts, String before, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            facts.add(before + value.asText());
        }
    }

    private Markup notes() {
        List<String> notes = new ArrayList<>(run.notes());
        run.evaluation().path("warnings").forEach(warning -> notes.add(warning.asText()));
        List<Markup> items = notes.stream()
                .map(note -> Markup.of("<p class=\"note\">%s.</p>", note))
                .toList();
        return Markup.join(items);
    }

    private Markup curves() {
        List<Markup> panels = new ArrayList<>();
        Curves.panels(run.metrics())
                .forEach(panel -> panels.add(Curves.plot(panel).html()));
        if (!klPerDimension().isEmpty()) {
            panels.add(KlBars.of(klPerDimension()).plot().html());
        }
        return Page.section("Course of training", reading(), "panels", panels);
    }

    private Markup reading() {
        List<String> constants = Curves.constants(run.metrics());
        String held = constants.isEmpty() ? "" : "Held constant: " + String.join(", ", constants) + ". ";
        return Markup.of("<p class=\"lead\">%s%s</p>", held, HINT);
    }

    private List<Double> klPerDimension() {
        return StreamSupport.stream(run.evaluation().path("klPerDimension").spliterator(), false)
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .filter(Double::isFinite)
                .toList();
    }

    private Markup figures() {
        List<Markup> figures = run.figures().entrySet().stream()
                .filter(figure -> !isDrawnAbove(figure.getKey()))
                .map(figure -> figure(Exhibit.of(figure.getKey()), figure.getValue()))
                .toList();
        return Page.section("Figures", "figures", figures);
    }

    private boolean isDrawnAbove(String file) {
        return (file.equals("curves.png") && !Curves.panels(run.metrics()).isEmpty())
                || (file.equals("kl.png") && !klPerDimension().isEmpty());
    }

    private static Markup figure(Exhibit exhibit, byte[] bytes) {
        if (exhibit.file().endsWith(".txt")) {
            return Markup.of(
                    "<figure><figcaption><h3>%s</h3><p>%s</p></figcaption><pre class=\"text\">%s</pre></figure>",
                    exhibit.title(), exhibit.caption(), new String(bytes, StandardCharsets.UTF_8));
        }
        if (exhibit.file().endsWith(".wav")) {
            return Markup.of(
                    """
                    <figure><figcaption><h3>%s</h3><p>%s</p></figcaption>
                    <audio controls src="data:audio/wav;base64,%s"></audio></figure>""", exhibit.title(), exhibit.caption(), Base64.getEncoder().encodeToString(bytes));
        }
        return picture(exhibit, bytes);
    }

    private static Markup picture(Exhibit exhibit, byte[] png) {
        ByteBuffer header = ByteBuffer.wrap(png); // width and height lie at bytes 16 and 20
        return Markup.of(
                """
                <figure><figcaption><h3>%s</h3><p>%s</p></figcaption>
                <img alt="%s" width="%s" height="%s" src="data:image/png;base64,%s"></figure>""",
                exhibit.title(),
                exhibit.caption(),
                exhibit.title(),
                header.getInt(16) / exhibit.density(),
                header.getInt(20) / exhibit.density(),
                Base64.getEncoder().encodeToString(png));
    }

    private Markup configuration() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> part : run.config().properties()) {
            if (part.getValue().isObject()) {
                tables.put(part.getKey(), Settings.flatten(part.getValue()));
            } else {
                tables.computeIfAbsent("run", name -> new LinkedHashMap<>())
                        .put(part.getKey(), Settings.text(part.getValue()));
            }
        }
        return Page.section(
                "Configuration",
                "tables",
                tables.entrySet().stream()
                        .map(table -> table(table.getKey(), table.getValue()))
                        .toList());
    }

    private static Markup table(String name, Map<String, String> settings) {
        List<Markup> rows = settings.entrySet().stream()
                .map(row -> Markup.of("<tr><th>%s</th><td>%s</td></tr>", row.getKey(), row.getValue()))
                .toList();
        return Markup.of("<table><caption>%s</caption>%s</table>", name, Markup.join(rows));
    }

    private Markup commands() {
        List<Markup> all = commands.all().entrySet().stream()
                .map(command -> Markup.of("<h3>%s</h3><pre>%s</pre>", command.getKey(), command.getValue()))
                .toList();
        return Page.section("Commands", "commands", all);
    }

    private Markup footer() {
        String version = run.config().path("elbo").asText("");
        return Markup.of("<footer>Elbo %s · rate + distortion = −ELBO, all in nats</footer>", version);
    }
}
