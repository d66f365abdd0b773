package dev.elbo.figure;

import dev.elbo.option.Decimal;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/**
 * Learning curves, a panel for each quantity: what the batches of training measured as a thin line under its running mean,
 * what was evaluated as a line with dots. A vertical axis shows the late course of its curves; the first steps may leave it.
 *
 * @param panels side by side, three in a row
 */
public record Curves(List<Panel> panels) implements Figure {
    private static final int PANEL_WIDTH = 420;
    private static final int PANEL_HEIGHT = 300;
    private static final int MARGIN = 24;
    private static final int PANELS_IN_A_ROW = 3;
    private static final int DENSITY = 2;
    private static final int POINTS = 600;
    private static final int SMOOTHING = 12;

    /** More of them run into a band. */
    private static final int MOST_DOTS = 120;

    private static final Map<String, String> TITLES = Map.of(
            "negElbo", "Negative ELBO",
            "negBound", "Negative bound",
            "rate", "Rate",
            "distortion", "Distortion",
            "beta", "β",
            "activeUnits", "Active units",
            "commitment", "Commitment",
            "perplexity", "Perplexity of codes",
            "learningRate", "Learning rate",
            "gradientNorm", "Gradient norm");
    private static final Set<String> WITHOUT_UNIT =
            Set.of("beta", "activeUnits", "commitment", "perplexity", "learningRate", "gradientNorm");

    /** What a training is told. */
    private static final List<String> SETTINGS = List.of("beta", "learningRate");

    /** What a training is told, or what its gradients do: behind what comes of it. */
    private static final List<String> LAST = List.of("beta", "learningRate", "gradientNorm");

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if there are no panels
     */
    public Curves {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("there are no curves to draw: nothing has been measured");
        }
        panels = List.copyOf(panels);
    }

    /**
     * One quantity.
     *
     * @param title what it is
     * @param horizontal what its curves run over: "epoch", "step", "seconds"
     * @param unit "nats", or empty
     * @param logarithmic whether the horizontal axis is; then points at 0 are left out
     * @param curves drawn in this order
     */
    public record Panel(String title, String horizontal, String unit, boolean logarithmic, List<Curve> curves) {}

    /**
     * One course of a quantity.
     *
     * @param noisy whether single points matter less than their running mean, as for the batches of training
     */
    public record Curve(String name, boolean noisy, Series series) {}

    /**
     * Every term that a run has measured, the negative ELBO first; β and the learning rate only if they change.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Curves of(Metrics metrics) {
        return new Curves(panels(metrics));
    }

    /** What {@link #of} shows; nothing of a run that has measured nothing. */
    static List<Panel> panels(Metrics metrics) {
        return inOrder(metrics.terms()).stream()
                .map(term -> panel(metrics, term))
                .filter(Curves::isOfInterest)
                .toList();
    }

    /** Terms as they are shown: the negative ELBO and its parts first, settings last. */
    static List<String> inOrder(Set<String> terms) {
        List<String> ordered = new ArrayList<>(List.of("negElbo", "rate", "distortion"));
        terms.stream().filter(term -> !LAST.contains(term)).forEach(ordered::add);
        ordered.addAll(LAST);
        return ordered.stream().distinct().filter(terms::contains).toList();
    }

    /** Settings that never changed, which have no panel, and their values: {@code "learning rate 0.001"}. */
    static List<String> constants(Metrics metrics) {
        return SETTINGS.stream()
                .filter(metrics.terms()::contains)
                .map(term -> panel(metrics, term))
                .filter(panel -> values(panel).distinct().count() == 1)
                .map(panel -> panel.title().toLowerCase(Locale.ROOT) + " "
                        + plain(values(panel).findFirst().orElseThrow()))
                .toList();
    }

    private static String plain(double value) {
        return Decimal.signed(new BigDecimal(String.format(Locale.ROOT, "%.4g", value))
                .stripTrailingZeros()
                .toPlainString());
    }

    /** Whether a term is told to a training, not measured. */
    static boolean isSetting(String term) {
        return SETTINGS.contains(term);
    }

    static String title(String term) {
        return TITLES.getOrDefault(term, term);
    }

    static String unit(String term) {
        return WITHOUT_UNIT.contains(term) ? "" : "nats";
    }

    private static Panel panel(Metrics metrics, String term) {
        List<Curve> curves = new ArrayList<>();
        curves.add(new Curve("training", true, metrics.series(metrics.training(), term)));
        metrics.evaluated()
                .forEach((split, points) -> curves.add(new Curve(split, false, metrics.series(points, term))));
        curves.removeIf(curve -> curve.series().finiteY().findAny().isEmpty());
        return new Panel(title(term), metrics.hasEpochs() ? "epoch" : "step", unit(term), false, curves);
    }

    /** A quantity without a unit, such as β, is a setting: worth a look only where it changes. */
    private static boolean isOfInterest(Panel panel) {
        return values(panel).distinct().count() > (panel.unit().isEmpty() ? 1 : 0);
    }

    private static DoubleStream values(Panel panel) {
        return panel.curves().stream().flatMapToDouble(curve -> curve.series().finiteY());
    }

    /** {@inheritDoc} */
    @Override
    public BufferedImage draw() {
        int columns = Math.min(PANELS_IN_A_ROW, panels.size());
        int rows = (panels.size() + columns - 1) / columns;
        int width = MARGIN + columns * (PANEL_WIDTH + MARGIN);
        int height = MARGIN + rows * (PANEL_HEIGHT + MARGIN);
        return Paper.sheet(width, height, DENSITY, pen -> {
            for (int i = 0; i < panels.size(); i++) {
                int x = MARGIN + i % columns * (PANEL_WIDTH + MARGIN);
                int y = MARGIN + i / columns * (PANEL_HEIGHT + MARGIN);
                plot(panels.get(i)).draw(pen, new Rectangle2D.Double(x, y, PANEL_WIDTH, PANEL_HEIGHT));
            }
        });
    }

    /** A panel as a plot: training in blue, splits in other colours, the same in all panels. */
    static Plot plot(Panel panel) {
        return plot(panel, i -> Ink.of(panel.curves().get(i).noisy() ? 0 : Math.max(1, i)));
    }

    /**
     * A panel as a plot.
     *
     * @param inks of its curves, by their number
     */
    static Plot plot(Panel panel, IntFunction<Ink> inks) {
        Axis horizontal = horizontal(panel);
        List<Series> shown = panel.curves().stream()
                .map(curve -> curve.series().thinned(horizontal, POINTS))
                .toList();
        Axis vertical = vertical(panel, shown);
        List<Mark> marks = new ArrayList<>();
        List<Legend.Key> legend = new ArrayList<>();
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Curve curve = panel.curves().get(i);
            Series series = shown.get(i);
            legend.add(new Legend.Key(curve.name(), inks.apply(i), curve.noisy() ? Legend.Sign.LINE : Legend.Sign.DOT));
            marks.addAll(curve.noisy() ? noisy(series, inks.apply(i)) : measured(series, inks.apply(i)));
            Series read = curve.noisy() ? smoothed(series) : series;
            traces.add(Trace.of(curve.name(), inks.apply(i), read, horizontal, vertical));
        }
        return new Plot(panel.title(), horizontal, vertical, marks, new Legend(legend), traces);
    }

    private static List<Mark> noisy(Series series, Ink ink) {
        return series.size() == 1 // a line needs two points
                ? List.of(Mark.dots(series, ink, 3))
                : List.of(Mark.line(series, ink, 1, 0.3), Mark.line(smoothed(series), ink, 2, 1));
    }

    /** The running mean of what batches measured. */
    static Series smoothed(Series series) {
        return series.smoothed(Math.min(SMOOTHING, series.size() / 20));
    }

    private static List<Mark> measured(Series series, Ink ink) {
        Mark line = Mark.line(series, ink, 1.5, 0.8);
        return series.size() > MOST_DOTS
                ? List.of(line)
                : List.of(line, Mark.dots(series, ink, series.size() <= 60 ? 3 : 1.5));
    }

    private static Axis horizontal(Panel panel) {
        double[] all = panel.curves().stream()
                .flatMapToDouble(curve -> curve.series().allX())
                .filter(x -> x > 0)
                .sorted()
                .toArray();
        double first = all.length == 0 ? 1 : all[0];
        double last = all.length == 0 ? 1 : all[all.length - 1];
        return panel.logarithmic()
                ? Axis.logarithmic(panel.horizontal(), first, last)
                : Axis.linear(panel.horizontal(), 0, last);
    }

    /** From the lowest to the highest late value, and where most of the earlier ones lie; of a setting, where all lie. */
    private static Axis vertical(Panel panel, List<Series> shown) {
        double most = SETTINGS.stream().map(Curves::title).anyMatch(panel.title()::equals) ? 1 : 0.9;
        double[] ends = shown.stream()
                .flatMapToDouble(series -> DoubleStream.of(
                        series.quantile(1 - most),
                        series.quantile(most),
                        series.late().quantile(0.01),
                        series.late().quantile(0.99)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double low = ends.length == 0 ? 0 : ends[0];
        double high = ends.length == 0 ? 1 : ends[ends.length - 1];
        return Axis.measured(panel.unit(), low, high, values(panel).allMatch(value -> value == Math.rint(value)));
    }
}
