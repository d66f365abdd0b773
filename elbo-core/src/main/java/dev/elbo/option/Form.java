package dev.elbo.option;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the forms that an option may have, written as a name or as a call with one whole number: {@code normal}, {@code
 * vamp(500)}.
 *
 * @param standard what the name alone stands for; its {@code toString()} is how it is written in full
 * @param of makes it with another number
 */
public record Form<K>(K standard, IntFunction<K> of) {
    private static final Pattern CALL = Pattern.compile("([a-z-]+)(?:\\((.*)\\))?");

    /** A form without a number. */
    public static <K> Form<K> named(K standard) {
        return new Form<>(standard, number -> {
            throw new IllegalArgumentException("'" + standard + "' takes no number; write " + standard);
        });
    }

    /**
     * Reads one of the forms, what {@code toString()} writes or its name alone.
     *
     * @param forms that there are
     * @throws IllegalArgumentException for anything else, naming the forms
     */
    public static <K> K parse(String text, List<Form<K>> forms) {
        Matcher call = CALL.matcher(text.strip());
        if (!call.matches()) {
            throw unknown(text, forms);
        }
        Form<K> form = forms.stream()
                .filter(each -> each.name().equals(call.group(1)))
                .findFirst()
                .orElseThrow(() -> unknown(text, forms));
        return call.group(2) == null ? form.standard : form.of.apply(number(call.group(2), form));
    }

    private String name() {
        return String.valueOf(standard).replaceFirst("\\(.*", "");
    }

    private static int number(String text, Form<?> form) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + form.name() + "' takes a whole number, and got '" + text + "'; write " + form.standard, e);
        }
    }

    private static <K> IllegalArgumentException unknown(String text, List<Form<K>> forms) {
        String question = NearestName.of(
                        text.replaceFirst("\\(.*", ""),
                        forms.stream().map(Form::name).toList())
                .map(name -> "did you mean '" + name + "'? Choose")
                .orElse("choose");
        return new IllegalArgumentException(question + " one of "
                + String.join(
                        ", ",
                        forms.stream()
                                .map(form -> String.valueOf(form.standard))
                                .toList()));
    }
}
