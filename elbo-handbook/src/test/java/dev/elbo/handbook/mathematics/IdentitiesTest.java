package dev.elbo.handbook.mathematics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What chapter 4 claims to be equal is equal, also when little is computed. */
class IdentitiesTest {

    @Test
    void theThreeFormsOfTheBoundAreOneNumber() {
        assertThat(number(numbers(new ThreeElbos()), "apart")).isLessThan(1e-9); // quadrature over ten deviations
    }

    @Test
    void theBoundOfTheBestNormalIsBelowTheEvidence() {
        Map<String, Double> numbers = numbers(new GenerativeAndInference());
        assertThat(number(numbers, "gap")).isPositive();
    }

    @Test
    void theDivergenceOfTheJointsIsTheMeanGap() {
        Map<String, Double> numbers = numbers(new TwoJoints());
        assertThat(number(numbers, "apart")).isLessThan(0.05); // a grid of 31 by 61 points
    }

    @Test
    void theDivergenceOfNormalsIsItsDefinitionAndElbos() {
        Map<String, Double> numbers = numbers(new NormalDivergence());
        assertThat(number(numbers, "byQuadrature")).isLessThan(1e-9);
        assertThat(number(numbers, "byElbo")).isLessThan(1e-5); // FLOAT32
    }

    @Test
    void theMeanRateIsInformationAndTheDivergenceOfTheAggregatedPosterior() {
        Map<String, Double> numbers = numbers(new Surgery());
        assertThat(number(numbers, "apart")).isLessThan(1e-2); // a grid of 61 by 61 points
        assertThat(number(numbers, "information")).isBetween(0.0, number(numbers, "logCount"));
    }

    @Test
    void noPriorCostsLessThanTheInformation() {
        Map<String, Double> numbers = numbers(new PriorsAndCodes());
        for (String prior : new String[] {"normal", "mixture", "vamp", "flow"}) {
            assertThat(number(numbers, prior)).as(prior).isPositive();
        }
    }

    @Test
    void theBoundOfALinearVaeIsBelowItsEvidenceAndThatBelowTheHighest() {
        Map<String, Double> numbers = numbers(new LinearVaeAndPca());
        assertThat(number(numbers, "gap")).isGreaterThan(-1e-4); // FLOAT32
        assertThat(number(numbers, "highest")).isGreaterThan(number(numbers, "evidence"));
    }

    @Test
    void importanceWeightsNarrowTheGap() {
        Map<String, Double> numbers = numbers(new ImportanceBounds());
        assertThat(number(numbers, "elbo")).isLessThan(number(numbers, "exact"));
        assertThat(number(numbers, "gap512")).isLessThan(number(numbers, "gap1"));
    }

    @Test
    void aWideLikelihoodIsToldLessThanANarrowOne() {
        Map<String, Double> numbers = numbers(new LikelihoodWidth());
        assertThat(number(numbers, "rateWide")).isLessThan(number(numbers, "rateNarrow"));
    }

    @Test
    void drawsOfManyDimensionsLieNearASphere() {
        Map<String, Double> numbers = numbers(new NormalShell());
        assertThat(number(numbers, "mean100"))
                .isEqualTo(Math.sqrt(100), within(0.15)); // 1/(4 √D) less, and 4 standard errors of 500 draws
    }

    private static Map<String, Double> numbers(Experiment experiment) {
        return experiment.run(Effort.SMALL).numbers();
    }

    private static double number(Map<String, Double> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name));
    }
}
