package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.evaluate.Measures;
import dev.elbo.option.Decimal;
import dev.elbo.run.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as people read it. Nats depend on how pixels were treated, so the first line says it.
 *
 * @param evaluation in nats
 */
record EvaluationView(Evaluation evaluation) {

    /** Its lines. */
    List<String> lines() {
        JsonNode json = evaluation.toJson();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s set, %s%s:",
                evaluation.split(),
                Quantity.of(evaluation.bound().points(), evaluation.pixels().isPresent() ? "image" : "example"),
                evaluation.pixels().map(pixels -> ", pixels " + pixels).orElse("")));
        lines.add(String.format(
                Locale.ROOT,
                "  −ELBO         %8s nats = distortion %s + rate %s",
                Decimal.of(evaluation.bound().negElbo(), 2),
                Decimal.of(evaluation.bound().distortion(), 2),
                Decimal.of(evaluation.bound().rate(), 2)));
        lines.add(String.format(
                Locale.ROOT,
                "  %-12s  %8s%s nats, by %s",
                "−log p(" + observed(json) + ")",
                Decimal.of(evaluation.likelihood().nll(), 2),
                plusMinus(evaluation.likelihood().standardError()),
                Quantity.of(evaluation.likelihood().samples(), "importance sample")));
        if (Measures.haveUnits(json)) {
            lines.add(activeUnits());
        }
        Measures.read(json)
                .forEach(finding ->
                        lines.add(String.format(Locale.ROOT, "  %-12s  %s", finding.name(), finding.text())));
        evaluation.warnings().forEach(warning -> lines.add("  warning       " + warning));
        return lines;
    }

    /** x, and labels that a model infers: where they are known, they are a part of what it explains. */
    private static String observed(JsonNode json) {
        List<String> observed = new ArrayList<>(List.of("x"));
        observed.addAll(json.path("classes").findValuesAsText("name"));
        return String.join(", ", observed);
    }

    /** Of a single image there is no knowing how others spread. */
    private static String plusMinus(double standardError) {
        return Double.isFinite(standardError) ? String.format(Locale.ROOT, " ± %.2f", standardError) : "";
    }

    private String activeUnits() {
        int latents = evaluation.bound().ratePerDimension().size();
        String of = latents == 0 ? "" : " of " + latents;
        return "  active units  " + evaluation.bound().activeUnits() + of;
    }
}
