package dev.elbo.cli;

import dev.elbo.evaluate.ClassificationAccuracy;
import dev.elbo.evaluate.ClusteringAccuracy;
import dev.elbo.evaluate.CodeUse;
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
        lines.add(String.format(
                Locale.ROOT,
                "  −ELBO         %8.2f nats = distortion %.2f + rate %.2f",
                evaluation.bound().negElbo(),
                evaluation.bound().distortion(),
                evaluation.bound().rate()));
        lines.add(String.format(
                Locale.ROOT,
                "  −log p(x)     %8.2f%s nats, by %s",
                evaluation.likelihood().nll(),
                plusMinus(evaluation.likelihood().standardError()),
                Quantity.of(evaluation.likelihood().samples(), "importance sample")));
        if (evaluation.codes().isEmpty()) {
            lines.add(activeUnits());
        }
        evaluation.codes().forEach(use -> lines.add(inUse(use)));
        evaluation.classes().forEach(inferred -> lines.add(right(inferred)));
        evaluation.clusters().forEach(found -> lines.add(found(found)));
        evaluation.dependence().ifPresent(nats -> lines.add(dependence(nats)));
        evaluation.warnings().forEach(warning -> lines.add("  warning       " + warning));
        return lines;
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

    private static String found(ClusteringAccuracy clusters) {
        return String.format(
                Locale.ROOT,
                "  %-12s  %8.2f %% of %,d are in the cluster of their %s; mutual information %.3f of 1",
                clusters.latent(),
                100 * clusters.accuracy(),
                clusters.points(),
                clusters.field(),
                clusters.mutualInformation());
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
