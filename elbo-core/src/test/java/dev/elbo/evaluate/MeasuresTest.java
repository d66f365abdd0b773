package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InAScope;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.model.LinearGaussian;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class MeasuresTest {
    private final Examples some = new Examples(
            new Split(Map.of("image", LinearGaussian.observations(20, 1))),
            LinearGaussian.spec(),
            Pixels.GREY,
            1,
            Device.CPU);

    private Map<String, JsonNode> measured(Set<String> asked) {
        return Measures.of(LinearGaussian.exact().model(), some, 1, asked);
    }

    @Test
    void whatDoesNotApplyToAModelIsLeftOutAndWhatTakesLongIsMeasuredIfItIsAskedFor() {
        assertThat(measured(Set.of())).isEmpty();
        Map<String, JsonNode> asked = measured(Set.of("dependence"));
        assertThat(asked).containsOnlyKeys("dependence");
        assertThat(asked.get("dependence"))
                .isEqualTo(new TotalCorrelationEstimate.Kind()
                        .of(LinearGaussian.exact().model(), some, 1)
                        .orElseThrow());
    }

    @Test
    void eachMeasureHasANameOfItsOwn() {
        assertThat(Measures.all().stream().map(Measure::name)).doesNotHaveDuplicates();
    }

    @Test
    void whatWasMeasuredIsReadFromTheFilesOfAnEvaluation() throws IOException {
        ObjectNode evaluation = (ObjectNode) new ObjectMapper().readTree("""
                {"codes": [{"name": "codes", "perplexity": 31.96, "of": 64}],
                 "classes": [{"name": "label", "accuracy": 0.9, "points": 1000}],
                 "dependence": {"mutualInformation": 4.125, "totalCorrelation": 0.75, "dimensionWise": 2}}
                """);
        List<Measure.Finding> findings = Measures.read(evaluation);
        assertThat(findings.stream().map(finding -> finding.name() + ": " + finding.text()))
                .containsExactly(
                        "codes in use:     32.0 of 64 (perplexity), 50 %",
                        "label:    10.00 % of 1,000 are inferred wrong",
                        "rate: = mutual information 4.13 + total correlation 0.75 + dimensions 2.00 nats");
        assertThat(Measures.haveUnits(evaluation)).isFalse();
        evaluation.remove("codes");
        assertThat(Measures.haveUnits(evaluation)).isTrue();
    }
}
