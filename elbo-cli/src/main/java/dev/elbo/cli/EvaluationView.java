package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.evaluate.Measures;
import dev.elbo.option.Decimal;
import dev.elbo.run.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        lines.add(bound());
        evaluation.likelihood().ifPresent(estimate -> lines.add(likelihood(estimate, observed(json))));
        evaluation
                .bitsPerDimension()
                .filter(bits ->
                        evaluation.pixels().equals(Optional.of(Pixels.GREY))) // binary ones are compared in nats
                .ifPresent(bits -> lines.add(String.format(Locale.ROOT, "  bits/dim      %8.4f", bits)));
        evaluation
                .perplexity()
                .ifPresent(perplexity ->
                        lines.add(String.format(Locale.ROOT, "  perplexity    %8.2f of a token", perplexity)));
        boolean hasLatents = !evaluation.bound().latents().isEmpty();
        if (hasLatents && Measures.haveUnits(json) && evaluation.bound().isBound()) {
            lines.add(activeUnits());
        }
        Measures.read(json)
                .forEach(finding ->
                        lines.add(String.format(Locale.ROOT, "  %-12s  %s", finding.name(), finding.text())));
        evaluation.warnings().forEach(warning -> lines.add("  warning       " + warning));
        return lines;
    }

    private String bound() {
        BoundEstimate bound = evaluation.bound();
        String distortion = Decimal.of(bound.distortion(), 2);
        return bound.isBound()
                ? String.format(
                        Locale.ROOT,
                        "  −ELBO         %8s nats = distortion %s + rate %s",
                        Decimal.of(bound.negElbo(), 2),
                        distortion,
                        Decimal.of(bound.rate(), 2))
                : String.format(
                        Locale.ROOT,
                        "  distortion    %8s nats; codes are points, without a rate or a bound of log p(x)",
                        distortion);
    }

    private static String likelihood(LogLikelihood estimate, String observed) {
        return String.format(
                Locale.ROOT,
                "  %-12s  %8s%s nats, by %s",
                "−log p(" + observed + ")",
                Decimal.of(estimate.nll(), 2),
                plusMinus(estimate.standardError()),
                Quantity.of(estimate.samples(), "importance sample"));
    }

    /** x, and labels that a model infers: where they are known, they are a part of what it explains. */
    private static String observed(JsonNode json) {
        List<String> observed = new ArrayList<>(List.of("x"));
        observed.addAll(json.path("classes").findValuesAsText("name"));
        return String.join(", ", observed);
    }

    /** The standard error as people read it; nothing of a single image, which does not tell how others spread. */
    private static String plusMinus(double standardError) {
        return Double.isFinite(standardError) ? String.format(Locale.ROOT, " ± %.2f", standardError) : "";
    }

    private String activeUnits() {
        int latents = evaluation.bound().ratePerDimension().size();
        boolean isCounted = evaluation.bound().latents().stream()
                .noneMatch(latent -> latent.ratePerDimension().isEmpty());
        String of = isCounted && latents > 0 ? " of " + latents : "";
        return "  active units  " + evaluation.bound().activeUnits() + of;
    }
}
