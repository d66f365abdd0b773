package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvesTest {
    /** From 550 nats down to 100 in a few steps, then slowly on to 98; β as given. */
    private static Metrics descent(double lastBeta) {
        List<Metrics.Point> training = IntStream.rangeClosed(1, 1000)
                .mapToObj(
                        step -> point(step, 98 + 450 * Math.exp(-step / 10.0) + 2 * Math.exp(-step / 300.0), lastBeta))
                .toList();
        List<Metrics.Point> validation = List.of(point(500, 99, 1), point(1000, 98.2, 1));
        return new Metrics(training, Map.of("validation", validation), 0);
    }

    private static Metrics.Point point(long step, double negElbo, double lastBeta) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("beta", step < 1000 ? 1 : lastBeta);
        terms.put("distortion", negElbo - 25);
        terms.put("rate", 25.0);
        terms.put("negElbo", negElbo);
        return new Metrics.Point(step, step / 500.0, step / 100.0, terms);
    }

    @Test
    void theFirstStepsDoNotCrushTheLateCourse() {
        Plot plot = Curves.plot(Curves.of(descent(1)).panels().get(0));
        assertThat(plot.vertical().max()).isLessThan(110);
        assertThat(plot.vertical().min()).isBetween(95.0, 98.2);
    }

    @Test
    void theObjectiveComesFirstAndAConstantBetaIsLeftOut() {
        assertThat(Curves.of(descent(1)).panels())
                .extracting(Curves.Panel::title)
                .containsExactly("Negative ELBO", "Rate", "Distortion");
        assertThat(Curves.of(descent(2)).panels())
                .extracting(Curves.Panel::title)
                .containsExactly("Negative ELBO", "Rate", "Distortion", "β");
    }

    /** 1,000 steps, the learning rate by step. */
    private static Metrics learning(DoubleUnaryOperator learningRate) {
        return new Metrics(
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(step -> new Metrics.Point(
                                step,
                                step / 500.0,
                                step / 100.0,
                                Map.of(
                                        "gradientNorm",
                                        3 + Math.sin(step),
                                        "learningRate",
                                        learningRate.applyAsDouble(step),
                                        "beta",
                                        Math.min(1, step / 500.0),
                                        "negElbo",
                                        100 - step / 100.0)))
                        .toList(),
                Map.of(),
                0);
    }

    @Test
    void betaTheLearningRateAndTheGradientNormAreTheLastPanels() {
        assertThat(Curves.of(learning(step -> 1e-3 - 1e-7 * step)).panels())
                .extracting(Curves.Panel::title)
                .containsExactly("Negative ELBO", "β", "Learning rate", "Gradient norm");
    }

    @Test
    void aSettingThatNeverChangesIsSaidInThePlaceOfAPanel() {
        Metrics metrics = learning(step -> 1e-3);
        assertThat(Curves.of(metrics).panels()).extracting(Curves.Panel::title).doesNotContain("Learning rate");
        assertThat(Curves.constants(metrics)).containsExactly("learning rate 0.001");
    }

    @Test
    void whatCanBeReadOffIsTheRunningMeanOfTrainingAndEachEvaluation() {
        Plot plot = Curves.plot(Curves.of(descent(1)).panels().get(0));
        assertThat(plot.traces()).extracting(Trace::name).containsExactly("training", "validation");
        assertThat(plot.traces().get(1).readings())
                .extracting(Trace.Reading::at, Trace.Reading::value)
                .containsExactly(tuple("epoch 1", "99.00"), tuple("epoch 2", "98.20"));
    }

    @Test
    void panelsAreDrawnThreeInARowAtTwiceTheirSize() {
        BufferedImage three = Curves.of(descent(1)).draw();
        BufferedImage four = Curves.of(descent(2)).draw();
        assertThat(three.getWidth()).isEqualTo(2 * (24 + 3 * (420 + 24)));
        assertThat(three.getHeight()).isEqualTo(2 * (24 + 300 + 24));
        assertThat(four.getHeight()).isEqualTo(2 * (24 + 2 * (300 + 24)));
        assertThat(colours(three)).contains(Ink.BLUE.rgb(), Ink.ORANGE.rgb());
    }

    private static List<Integer> colours(BufferedImage image) {
        List<Integer> colours = new ArrayList<>();
        for (int pixel : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            colours.add(pixel & 0xffffff);
        }
        return colours;
    }

    @Test
    void aLogarithmicAxisLeavesOutTheStepZero() {
        Series series = Series.of(new double[] {0, 1, 10, 100}, new double[] {9, 8, 7, 6});
        Curves.Panel panel =
                new Curves.Panel("NLL", "step", "nats", true, List.of(new Curves.Curve("training", true, series)));
        assertThat(Curves.plot(panel).horizontal().min()).isEqualTo(1);
        assertThat(new Curves(List.of(panel)).draw()).isNotNull();
    }

    @Test
    void aSinglePointCanBeDrawn() {
        Metrics metrics = new Metrics(List.of(point(1, 550, 1)), Map.of(), 0);
        assertThat(Curves.of(metrics).draw()).isNotNull();
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatThrownBy(() -> Curves.of(Metrics.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no curves to draw: nothing has been measured");
    }

    @Test
    void noValueOfASettingIsCutOff() {
        List<Metrics.Point> falling = IntStream.rangeClosed(1, 8)
                .mapToObj(epoch -> new Metrics.Point(epoch, epoch, epoch, Map.of("learningRate", 0.008 / epoch)))
                .toList();
        Curves.Panel rate =
                Curves.of(new Metrics(falling, Map.of(), 0)).panels().get(0);

        assertThat(rate.title()).isEqualTo("Learning rate");
        assertThat(Curves.plot(rate).vertical().max()).isGreaterThanOrEqualTo(0.008);
    }
}
