package dev.elbo.option;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the forms that an option may have, written as a name or as a call with one number: {@code normal}, {@code
 * vamp(500)}.
 *
 * @param standard what the name alone stands for; its {@code toString()} is how it is written in full
 * @param takes what stands in the brackets, as a message says it
 * @param of makes it with another number, as it is written
 */
public record Form<K>(K standard, String takes, Function<String, K> of) {
    private static final Pattern CALL = Pattern.compile("([a-z-]+)(?:\\((.*)\\))?");

    /** A form with a whole number. */
    public Form(K standard, IntFunction<K> of) {
        this(standard, "a whole number", text -> of.apply(Integer.parseInt(text)));
    }

    /** A form with a real number. */
    public static <K> Form<K> real(K standard, DoubleFunction<K> of) {
        return new Form<>(standard, "a number", text -> of.apply(Double.parseDouble(text)));
    }

    /** A form without a number. */
    public static <K> Form<K> named(K standard) {
        return new Form<>(standard, "no number", text -> {
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
        return call.group(2) == null ? form.standard : form.with(call.group(2));
    }

    /** A text with names as forms have them: capitals and underscores become small letters and hyphens. */
    public static String spelled(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What stands before the brackets. */
    public String name() {
        return String.valueOf(standard).replaceFirst("\\(.*", "");
    }

    private K with(String number) {
        try {
            return of.apply(number.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + name() + "' takes " + takes + ", and got '" + number + "'; write " + standard, e);
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
