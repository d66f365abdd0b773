package dev.elbo.pronunciation;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which manner something is said.
 *
 * @param rate how fast: 2 is twice as fast as the speaker is
 * @param semitones how much higher
 */
record Prosody(double rate, double semitones) {
    /** As the speaker is. */
    static final Prosody PLAIN = new Prosody(1, 0);

    private static final Map<String, Double> RATES =
            Map.of("x-slow", 0.5, "slow", 0.75, "medium", 1.0, "default", 1.0, "fast", 1.25, "x-fast", 1.5);

    private static final Map<String, Double> PITCHES =
            Map.of("x-low", -4.0, "low", -2.0, "medium", 0.0, "default", 0.0, "high", 2.0, "x-high", 4.0);

    private static final Pattern RATE = Pattern.compile("([+-]?)(\\d{1,4}(?:\\.\\d{1,6})?)(%?)");
    private static final Pattern PITCH = Pattern.compile("([+-]\\d{1,4}(?:\\.\\d{1,6})?)(st|%)");

    /** Faster and higher by another. */
    Prosody with(Prosody other) {
        return new Prosody(rate * other.rate, semitones + other.semitones);
    }

    /**
     * A rate as SSML writes it: {@code slow}, {@code 80%}, {@code +10%} or {@code 0.8}.
     *
     * @throws IllegalArgumentException if it is none, or not from a fifth to five times
     */
    static double rate(String written) {
        Double named = RATES.get(written);
        Matcher rate = RATE.matcher(written);
        boolean isRelative = rate.matches() && !rate.group(1).isEmpty();
        if (named == null && (!rate.matches() || (isRelative && rate.group(3).isEmpty()))) {
            throw new IllegalArgumentException("rate=\"" + written
                    + "\" is no rate; write 80%, +10%, 0.8, or one of x-slow, slow, medium, fast, x-fast");
        }
        double value = named != null ? named : rate(rate, isRelative);
        if (!(value >= 0.2 && value <= 5)) {
            throw new IllegalArgumentException("rate=\"" + written + "\": a rate is from 20% to 500%");
        }
        return value;
    }

    private static double rate(Matcher rate, boolean isRelative) {
        double number = Double.parseDouble(rate.group(1) + rate.group(2))
                / (rate.group(3).isEmpty() ? 1 : 100);
        return isRelative ? 1 + number : number;
    }

    /**
     * A pitch as SSML writes it, in semitones: {@code high}, {@code +2st} or {@code +10%}.
     *
     * @throws IllegalArgumentException if it is none, or more than two octaves
     */
    static double semitones(String written) {
        Double named = PITCHES.get(written);
        Matcher pitch = PITCH.matcher(written);
        if (named == null && !pitch.matches()) {
            throw new IllegalArgumentException("pitch=\"" + written
                    + "\" is no pitch; write +2st, -10%, or one of x-low, low, medium, high, x-high");
        }
        double value = named != null ? named : semitones(pitch);
        if (!(Math.abs(value) <= 24)) {
            throw new IllegalArgumentException("pitch=\"" + written + "\": a pitch is from -24st to +24st");
        }
        return value;
    }

    private static double semitones(Matcher pitch) {
        double number = Double.parseDouble(pitch.group(1));
        return pitch.group(2).equals("st") ? number : 12 * Math.log(1 + number / 100) / Math.log(2);
    }
}
