package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.train.TrainingEvent.Progressed;
import dev.elbo.train.TrainingEvent.Started;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Started STARTED = new Started(445, 13_350, 445, 1_082_680, 1, 1, Optional.empty(), 0, 0);

    private static ProgressLine at(long step, double seconds) {
        Map<String, Double> terms = Map.of("negElbo", 104.31, "distortion", 79.05, "rate", 25.26);
        return new ProgressLine(STARTED, new Progressed(step, step / 445.0, terms, 1e-3, 2, 31_234.5, seconds));
    }

    @Test
    void aWideLineNamesEverything() {
        assertThat(at(6675, 60).text(140))
                .isEqualTo("epoch 15.0/30 ━━━━━━━━━━━━━━━━━━━━━━━──────────────────────"
                        + " −ELBO 104.31 nats = distortion 79.05 + rate 25.26 · 31,235 samples/s · 1:04 left")
                .hasSize(140);
    }

    @Test
    void eightyColumnsHoldEverythingInBrief() {
        assertThat(at(6675, 60).text(79))
                .isEqualTo("15.0/30 ━━━━━━━━──────── 104.3 nats = 79.1 dist + 25.3 rate · 31k/s · 1:04 left")
                .hasSize(79);
    }

    @Test
    void whereThereIsNoRoomForABarThereAreParts() {
        assertThat(at(6675, 60).text(66)).startsWith("15.0/30 50 % 104.3 nats");
    }

    @Test
    void aStageThatLearnsFromNoBoundShowsItsOwnTerms() {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("distortion", 56.02);
        terms.put("commitment", 23.1);
        terms.put("perplexity", 46.7);
        terms.put("another", 1.0);
        ProgressLine line = new ProgressLine(STARTED, new Progressed(445, 1, terms, 1e-3, 2, 3100, 60));
        assertThat(line.text(140)).contains("distortion 56.02 · commitment 23.10 · perplexity 46.70 · 3,100 samples/s");
        assertThat(line.text(79)).contains("distortion 56.02 · 3.1k/s");
    }

    @Test
    void timeLeftIsThatOfTheStepsOfThisTraining() {
        assertThat(at(445 + 100, 10).text(140)).endsWith("21:21 left"); // 12,805 more steps of 0.1 s
    }

    @Property
    void noLineIsWiderThanItMayBe(
            @ForAll @IntRange(min = 0, max = 300) int width, @ForAll @IntRange(min = 0, max = 12_905) int steps) {
        assertThat(at(445 + steps, steps * 0.01).text(width)).hasSizeLessThanOrEqualTo(width);
    }

    @Test
    void aLineThatStaysHasNoBar() {
        assertThat(at(6675, 60).line())
                .isEqualTo("epoch 15.0/30, 50 % · −ELBO 104.31 nats = distortion 79.05 + rate 25.26 · 31,235 samples/s"
                        + " · 1:04 left");
    }

    @Test
    void timeOfSessionsBeforeIsNotThatOfTheseSteps() {
        Started later = new Started(445, 13_350, 445, 1_082_680, 1, 1, Optional.empty(), 0, 1000);
        assertThat(new ProgressLine(later, at(445 + 100, 1010).at()).text(140)).endsWith("21:21 left");
    }
}
