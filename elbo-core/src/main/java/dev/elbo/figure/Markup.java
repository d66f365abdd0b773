package dev.elbo.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HTML. Text from outside enters only through {@link #of} and {@link #text}, which escape it. */
record Markup(String html) {
    static final Markup NOTHING = new Markup("");

    /** Text that means itself. */
    static Markup text(String text) {
        return new Markup(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    /** HTML that this package wrote. */
    static Markup trusted(String html) {
        return new Markup(html);
    }

    /** The template with every {@code %s} replaced: markup as it is, anything else as escaped text. */
    static Markup of(String template, Object... parts) {
        Object[] escaped = Arrays.stream(parts)
                .map(part -> part instanceof Markup markup ? markup.html : text(part.toString()).html)
                .toArray();
        return new Markup(String.format(Locale.ROOT, template, escaped));
    }

    /** One after the other. */
    static Markup join(List<Markup> parts) {
        return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining("\n")));
    }
}
