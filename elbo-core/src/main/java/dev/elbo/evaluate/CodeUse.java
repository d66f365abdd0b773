package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.Examples;
import dev.elbo.distribution.Categorical;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How many codes of a codebook are in use on held-out examples.
 *
 * @param latent whose codes they are
 * @param perplexity exp(−Σ p log p), with p how often each code is used: among how many codes they are spread, as if equally
 * @param codes the size of the codebook
 * @param points the number of examples
 */
public record CodeUse(String latent, double perplexity, long codes, long points) {

    /** The perplexity as a part of the codebook, in (0, 1]. */
    public double part() {
        return perplexity / codes;
    }

    /** For each latent of codes; none if the model has no such latent. */
    public static List<CodeUse> of(LatentVariableModel model, Examples examples, long seed) {
        return model.signature().latents().stream()
                .filter(latent -> latent.kind() == Variable.Kind.CODES)
                .map(latent -> new CodeUse(
                        latent.name(),
                        perplexity(counts(model, latent, examples, seed)),
                        latent.codebook(),
                        examples.size()))
                .toList();
    }

    /** How often each code is used, [M]. */
    private static double[] counts(LatentVariableModel model, Variable latent, Examples examples, long seed) {
        double[] counts = new double[(int) latent.codebook()];
        Chunks.of(model, examples, seed)
                .map((batch, rng) -> counts(
                        Objects.requireNonNull(
                                model.encode(batch, Pass.evaluation(rng)).get(latent.name())),
                        latent))
                .forEach(some -> Arrays.setAll(counts, i -> counts[i] + some[i]));
        return counts;
    }

    private static double[] counts(Tensor codes, Variable latent) {
        return codes.reshape(-1).oneHot(latent.codebook()).sum(0).toHost().toDoubles();
    }

    private static double perplexity(double... counts) {
        try (Scope scope = Scope.open("perplexity")) {
            Tensor used = Tensor.of(HostArray.of(counts, counts.length), Device.CPU);
            return new Categorical(used.to(DType.FLOAT64).log(), 0)
                    .entropy()
                    .exp()
                    .item();
        }
    }

    /** As a measure: an array, {@code name}, {@code perplexity} and the codebook's size {@code of} for each latent of codes. */
    record Kind() implements Measure {
        @Override
        public String name() {
            return "codes";
        }

        @Override
        public boolean isInPlaceOfUnits() {
            return true;
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            CodeUse.of(model, examples, seed)
                    .forEach(use -> json.addObject()
                            .put("name", use.latent())
                            .put("perplexity", use.perplexity())
                            .put("of", use.codes()));
            return Optional.<JsonNode>of(json).filter(uses -> !uses.isEmpty());
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            List<Finding> findings = new ArrayList<>();
            measured.forEach(use -> findings.add(
                    read(use.path("perplexity").asDouble(), use.path("of").asLong())));
            return findings;
        }

        private static Finding read(double perplexity, long of) {
            return new Finding(
                    "codes in use",
                    String.format(
                            Locale.ROOT, "%8.1f of %,d (perplexity), %.0f %%", perplexity, of, 100 * perplexity / of),
                    List.of(new Card(
                            "Codes in use",
                            String.format(Locale.ROOT, "%.1f", perplexity),
                            String.format(Locale.ROOT, " of %,d", of),
                            "perplexity")));
        }
    }
}
