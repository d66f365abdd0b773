package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.option.Decimal;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How little a prior expects codes that are points: E[−log p(z)] on held-out examples, in nats. It is a part of no bound of log p(x),
 * and codes of another scale have another. Of priors of the same codes, the one with the least knows best where these lie: densities
 * are fitted to codes by it in Ghosh et al. (2020), section 4. Of {@code two-stage} it is an upper bound.
 */
public final class Surprisal {
    private Surprisal() {}

    /** Of latents that are points among real numbers, all together; empty if the model has none. */
    public static OptionalDouble of(LatentVariableModel model, Examples examples, long seed) {
        if (!hasPoints(model, examples, seed)) {
            return OptionalDouble.empty();
        }
        double sum =
                Chunks.of(model, examples, seed)
                        .map((batch, rng) -> sum(model.draw(batch, 1, Pass.evaluation(rng))))
                        .stream()
                        .mapToDouble(nats -> nats)
                        .sum();
        return OptionalDouble.of(sum / examples.size());
    }

    private static boolean hasPoints(LatentVariableModel model, Examples examples, long seed) {
        try (Inference use = Inference.begin();
                Scope scope = Scope.open("first example")) {
            Rng rng = Rng.seeded(seed, examples.device());
            return !model.draw(examples.range(0, 1, rng), 1, Pass.evaluation(rng))
                    .hasBound();
        }
    }

    private static double sum(Draw draw) {
        return draw.latents().stream()
                .filter(latent -> !latent.hasRate())
                .mapToDouble(
                        latent -> -draw.expectation(latent.logPrior(), 0).sum().item())
                .sum();
    }

    /** As a measure: the number. */
    record Kind() implements Measure {
        @Override
        public String name() {
            return "surprisal";
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            OptionalDouble nats = Surprisal.of(model, examples, seed);
            return nats.isPresent()
                    ? Optional.of(JsonNodeFactory.instance.numberNode(nats.getAsDouble()))
                    : Optional.empty();
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            String nats = Decimal.of(measured.asDouble(), 2);
            return List.of(new Finding(
                    "−log p(z)",
                    String.format(
                            Locale.ROOT,
                            "%8s nats: what the prior makes of codes; less is better, of the same codes",
                            nats),
                    List.of(new Card("−log p(z)", nats, "", "nats of a code, by the prior"))));
        }
    }
}
