package dev.elbo.handbook.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.option.Decimal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers by name: what stands in {@code <!--number three-elbos gap %.2f-->0.31<!--/number-->} is the number {@code gap} of
 * the experiment {@code three-elbos}. A name that ends in {@code .json} is a file of the repository, and the number's name
 * then a path in it, {@code bound.nats} or {@code recall.3} of a list. Behind the format may stand a factor: {@code %.1f 100} for a percentage.
 */
record QuotedNumbers(Path root, Path figures) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER =
            Pattern.compile("<!--number (\\S+) (\\S+) (%[\\w.,+]+)(?: ([\\d.]+))?-->(.*?)<!--/number-->");

    String refreshed(String text) throws IOException {
        StringBuilder fresh = new StringBuilder();
        int from = 0;
        for (Matcher number = NUMBER.matcher(text); number.find(); from = number.end(5)) {
            double factor = number.group(4) == null ? 1 : Double.parseDouble(number.group(4));
            double value = factor * value(number.group(1), number.group(2));
            String format = number.group(3);
            String written = format.endsWith("d")
                    ? String.format(Locale.ROOT, format, Math.round(value))
                    : String.format(Locale.ROOT, format, value);
            fresh.append(text, from, number.start(5)).append(Decimal.signed(written));
        }
        return fresh.append(text.substring(from)).toString();
    }

    private double value(String source, String name) throws IOException {
        Path file = source.endsWith(".json") ? root.resolve(source) : figures.resolve(source + ".json");
        if (!Files.exists(file)) {
            throw new IllegalStateException("there are no numbers of " + source + ": " + root.relativize(file)
                    + " is missing; './elbo handbook figure " + source + "' makes those of a figure");
        }
        JsonNode at = JSON.readTree(file.toFile());
        for (String step : name.split("\\.", -1)) {
            at = at.isArray() && step.matches("\\d+") ? at.path(Integer.parseInt(step)) : at.path(step);
        }
        if (!at.isNumber()) {
            throw new IllegalStateException("there is no number " + name + " in " + root.relativize(file));
        }
        return at.doubleValue();
    }
}
