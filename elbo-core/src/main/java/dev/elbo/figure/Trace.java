package dev.elbo.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values that can be read off one curve of a plot.
 *
 * @param name of the curve
 * @param ink its colour
 * @param readings in the order of x; what is not finite is none
 */
record Trace(String name, Ink ink, List<Reading> readings) {

    /**
     * One value.
     *
     * @param at where it was measured, as people write it: "epoch 3.5"
     * @param value as people write it
     */
    record Reading(double x, double y, String at, String value) {}

    /** The finite points of a series: counts as such, anything else with two decimals or as many more as {@code vertical} needs. */
    static Trace of(String name, Ink ink, Series series, Axis horizontal, Axis vertical) {
        double across = (horizontal.max() - horizontal.min()) / 1000;
        double up = Math.min(0.01, (vertical.max() - vertical.min()) / 250);
        boolean counts = series.finiteY().allMatch(Trace::isWhole);
        return new Trace(
                name,
                ink,
                IntStream.range(0, series.size())
                        .filter(i -> Double.isFinite(series.y(i)))
                        .mapToObj(i -> new Reading(
                                series.x(i),
                                series.y(i),
                                horizontal.label() + " " + Axis.text(series.x(i), isWhole(series.x(i)) ? 1 : across),
                                Axis.text(series.y(i), counts ? 1 : up)))
                        .toList());
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    /** For the script of a page: names, colours, and each reading by its place in pixels, a tenth of which can be seen. */
    ObjectNode toJson(Coordinates at) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("ink", ink.css());
        ArrayNode x = json.putArray("x");
        ArrayNode y = json.putArray("y");
        ArrayNode where = json.putArray("at");
        ArrayNode value = json.putArray("value");
        for (Reading reading : readings) {
            x.add(Math.rint(10 * at.x(reading.x)) / 10);
            y.add(Math.rint(10 * at.y(reading.y)) / 10);
            where.add(reading.at);
            value.add(reading.value);
        }
        return json;
    }
}
