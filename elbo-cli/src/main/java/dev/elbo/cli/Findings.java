package dev.elbo.cli;

import dev.elbo.evaluate.ClassificationAccuracy;
import dev.elbo.evaluate.CodeUse;
import dev.elbo.evaluate.LogLikelihood;
import dev.elbo.evaluate.TotalCorrelationEstimate;
import dev.elbo.run.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as people read it. Nats depend on how pixels were treated, so the first line says it.
 *
 * @param evaluation in nats
 */
record Findings(Evaluation evaluation) {

    /** Its lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s set, %s%s:",
                evaluation.split(),
                Quantity.of(evaluation.bound().points(), evaluation.pixels().isPresent() ? "image" : "example"),
                evaluation.pixels().map(pixels -> ", pixels " + pixels).orElse("")));
        if (evaluation.bound().isBound()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  −ELBO         %8.2f nats = distortion %.2f + rate %.2f",
                    evaluation.bound().negElbo(),
                    evaluation.bound().distortion(),
                    evaluation.bound().rate()));
        } else {
            lines.add(String.format(
                    Locale.ROOT,
                    "  distortion    %8.2f nats; codes are points, without a rate or a bound of log p(x)",
                    evaluation.bound().distortion()));
        }
        evaluation.likelihood().ifPresent(estimate -> lines.add(likelihood(estimate)));
        if (evaluation.codes().isEmpty() && evaluation.bound().isBound()) {
            lines.add(activeUnits());
        }
        evaluation.codes().forEach(use -> lines.add(inUse(use)));
        evaluation.classes().forEach(inferred -> lines.add(right(inferred)));
        evaluation.dependence().ifPresent(nats -> lines.add(dependence(nats)));
        evaluation.warnings().forEach(warning -> lines.add("  warning       " + warning));
        return lines;
    }

    private static String likelihood(LogLikelihood estimate) {
        return String.format(
                Locale.ROOT,
                "  −log p(x)     %8.2f%s nats, by %s",
                estimate.nll(),
                plusMinus(estimate.standardError()),
                Quantity.of(estimate.samples(), "importance sample"));
    }

    /** Of a single image there is no knowing how others spread. */
    private static String plusMinus(double standardError) {
        return Double.isFinite(standardError) ? String.format(Locale.ROOT, " ± %.2f", standardError) : "";
    }

    private static String right(ClassificationAccuracy inferred) {
        return String.format(
                Locale.ROOT,
                "  %-12s  %8.2f %% of %,d are inferred wrong",
                inferred.field(),
                100 * inferred.error(),
                inferred.points());
    }

    private static String dependence(TotalCorrelationEstimate nats) {
        return String.format(
                Locale.ROOT,
                "  rate          = mutual information %.2f + total correlation %.2f + dimensions %.2f nats",
                nats.mutualInformation(),
                nats.totalCorrelation(),
                nats.dimensionWise());
    }

    private static String inUse(CodeUse use) {
        return String.format(
                Locale.ROOT,
                "  codes in use  %8.1f of %,d (perplexity), %.0f %%",
                use.perplexity(),
                use.codes(),
                100 * use.part());
    }

    private String activeUnits() {
        int latents = evaluation.bound().ratePerDimension().size();
        String of = latents == 0 ? "" : " of " + latents;
        return "  active units  " + evaluation.bound().activeUnits() + of;
    }
}
