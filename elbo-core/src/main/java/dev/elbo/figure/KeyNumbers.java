package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.Measure;
import dev.elbo.evaluate.Measures;
import dev.elbo.option.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers that a report opens with, and what they were measured on. Nats depend on how pixels were treated, so every
 * number in nats says it.
 */
record KeyNumbers(String basis, List<Card> cards) {
    private static final String GREY = Pixels.GREY.toString();

    /** One number. */
    record Card(String name, String value, String spread, String unit) {
        static Card of(Measure.Card card) {
            return new Card(card.name(), card.value(), card.spread(), card.unit());
        }

        Markup html() {
            return Markup.of("""
                    <div class="card"><h3>%s</h3><p class="value">%s<small>%s</small></p><p class="unit">%s</p></div>""", name, value, spread, unit);
        }
    }

    /** From the evaluation; of a run that has none yet, from its last look at a held-out split. */
    static KeyNumbers of(RunFiles run) {
        return run.evaluation().isObject() ? evaluated(run) : soFar(run);
    }

    private static KeyNumbers evaluated(RunFiles run) {
        JsonNode measured = run.evaluation();
        String pixels = measured.path("pixels").asText(pixels(run));
        List<Card> cards = new ArrayList<>();
        cards.addAll(nats(measured, "negElbo", "−ELBO", "", nats(pixels)));
        cards.addAll(nats(measured, "nll", "NLL" + samples(measured), spread(measured), nats(pixels)));
        if (measured.path("bitsPerDimension").isNumber() && pixels.equals(GREY)) { // binary ones are compared in nats
            cards.add(new Card(
                    "Bits", Decimal.of(measured.path("bitsPerDimension").asDouble(), 4), "", "per dimension"));
        }
        cards.addAll(nats(measured, "rate", "Rate", "", nats(pixels)));
        cards.addAll(nats(measured, "distortion", "Distortion", "", nats(pixels)));
        cards.addAll(Measures.haveUnits(measured) ? activeUnits(measured) : List.of());
        Measures.read(measured).forEach(finding -> finding.cards().forEach(card -> cards.add(Card.of(card))));
        String points = measured.path("points").isNumber()
                ? String.format(
                        Locale.ROOT, ", %,d points", measured.path("points").asLong())
                : "";
        return new KeyNumbers(
                "Measured on the " + measured.path("split").asText("test") + " split" + points + basis(pixels), cards);
    }

    private static KeyNumbers soFar(RunFiles run) {
        return run.metrics().evaluated().entrySet().stream()
                .findFirst()
                .map(split -> soFar(split.getKey(), split.getValue(), pixels(run)))
                .orElse(new KeyNumbers("Nothing has been evaluated yet", List.of()));
    }

    private static KeyNumbers soFar(String split, List<Metrics.Point> points, String pixels) {
        Metrics.Point last = points.get(points.size() - 1);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("negElbo", "−ELBO");
        names.put("rate", "Rate");
        names.put("distortion", "Distortion");
        List<Card> cards = names.entrySet().stream()
                .filter(term -> last.terms().containsKey(term.getKey()))
                .map(term -> card(term.getValue(), last.term(term.getKey()), "", nats(pixels)))
                .toList();
        return new KeyNumbers(
                String.format(Locale.ROOT, "So far: the %s split at step %,d", split, last.step()) + basis(pixels),
                cards);
    }

    private static String pixels(RunFiles run) {
        return run.config().path("data").path("pixels").asText("");
    }

    private static String nats(String pixels) {
        return pixels.isEmpty() ? "nats" : "nats · " + pixels + " pixels";
    }

    private static String basis(String pixels) {
        return pixels.isEmpty()
                ? ""
                : ". Nats can be compared only where pixels are treated alike; here they are “" + pixels + "”";
    }

    private static List<Card> nats(JsonNode measured, String field, String name, String spread, String unit) {
        return measured.path(field).isNumber()
                ? List.of(card(name, measured.path(field).asDouble(), spread, unit))
                : List.of();
    }

    private static Card card(String name, double value, String spread, String unit) {
        return new Card(name, Decimal.of(value, 2), spread, unit);
    }

    private static String spread(JsonNode measured) {
        JsonNode error = measured.path("nllStandardError");
        return error.isNumber() ? String.format(Locale.ROOT, " ± %.2f", error.asDouble()) : "";
    }

    private static String samples(JsonNode measured) {
        JsonNode samples = measured.path("nllSamples");
        return samples.isNumber() ? String.format(Locale.ROOT, ", K = %,d", samples.asLong()) : "";
    }

    private static List<Card> activeUnits(JsonNode measured) {
        if (!measured.path("activeUnits").isNumber()) {
            return List.of();
        }
        int dimensions = measured.path("klPerDimension").size();
        boolean isCounted = dimensions > 0;
        for (JsonNode latent : measured.path("latents")) {
            isCounted &= !latent.path("klPerDimension").isEmpty();
        }
        String of = isCounted ? " of " + dimensions : "";
        return List.of(new Card(
                "Active units",
                measured.path("activeUnits").asText(),
                of,
                "posterior means that vary, by more than 0.01"));
    }

    Markup html() {
        List<Markup> all = cards.stream().map(Card::html).toList();
        return Markup.of(
                "<section class=\"numbers\"><div class=\"cards\">%s</div><p>%s.</p></section>",
                Markup.join(all), basis);
    }
}
