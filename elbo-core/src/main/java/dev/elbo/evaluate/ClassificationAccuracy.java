package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Variable;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How often a model that infers the class of an example, by a latent of the name of a field, is right.
 *
 * @param field the class that is inferred
 * @param right how many examples it is right about
 * @param points how many have a label to compare with
 */
public record ClassificationAccuracy(String field, long right, long points) {
    /** The part that it is right about, 0 to 1. */
    public double accuracy() {
        return (double) right / points;
    }

    /** The part that it is wrong about, 0 to 1. */
    public double error() {
        return 1 - accuracy();
    }

    /** Of each latent that is a class and a field of the examples; the model is not shown the field. */
    public static List<ClassificationAccuracy> of(LatentVariableModel model, Examples examples, long seed) {
        return model.signature().latents().stream()
                .filter(latent -> latent.kind() == Variable.Kind.CLASS)
                .map(Variable::name)
                .filter(examples.split().fields()::containsKey)
                .map(field -> of(model, field, examples, seed))
                .toList();
    }

    private static ClassificationAccuracy of(LatentVariableModel model, String field, Examples examples, long seed) {
        return Chunks.of(model, examples, seed)
                .map((batch, rng) -> of(model.encode(without(field, batch), Pass.evaluation(rng)), field, batch))
                .stream()
                .reduce(new ClassificationAccuracy(field, 0, 0), ClassificationAccuracy::plus);
    }

    private static Batch without(String field, Batch batch) {
        Map<String, Tensor> fields = new LinkedHashMap<>(batch.fields());
        fields.remove(field);
        return new Batch(fields, batch.lengths(), batch.present());
    }

    private static ClassificationAccuracy of(Map<String, Tensor> inferred, String field, Batch batch) {
        Tensor known = batch.present(field);
        Tensor right = Objects.requireNonNull(inferred.get(field))
                .equalTo(batch.get(field))
                .to(DType.FLOAT32)
                .times(known);
        return new ClassificationAccuracy(
                field, Math.round(right.sum().item()), Math.round(known.sum().item()));
    }

    private ClassificationAccuracy plus(ClassificationAccuracy more) {
        return new ClassificationAccuracy(field, right + more.right, points + more.points);
    }

    /** As a measure: an array, {@code name}, {@code accuracy} and the number of {@code points} for each class that is inferred. */
    record Kind() implements Measure {
        @Override
        public String name() {
            return "classes";
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            ClassificationAccuracy.of(model, examples, seed)
                    .forEach(inferred -> json.addObject()
                            .put("name", inferred.field())
                            .put("accuracy", inferred.accuracy())
                            .put("points", inferred.points()));
            return Optional.<JsonNode>of(json).filter(inferred -> !inferred.isEmpty());
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            List<Finding> findings = new ArrayList<>();
            measured.forEach(inferred -> findings.add(read(
                    inferred.path("name").asText(),
                    100 * (1 - inferred.path("accuracy").asDouble()),
                    inferred.path("points").asLong())));
            return findings;
        }

        private static Finding read(String field, double error, long points) {
            return new Finding(
                    field,
                    String.format(Locale.ROOT, "%8.2f %% of %,d are inferred wrong", error, points),
                    List.of(new Card(
                            "Classification error",
                            String.format(Locale.ROOT, "%.2f", error),
                            " %",
                            String.format(Locale.ROOT, "%s, inferred of %,d", field, points))));
        }
    }
}
