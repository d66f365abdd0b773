package dev.elbo.edit;

/**
 * What some examples have and others have not: a class, or more than the mean of a number.
 *
 * @param name a class, or a column of a table
 * @param field of the data
 * @param has whether each example has it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares attributes
public record Attribute(String name, String field, boolean[] has) {
    /** That a number is above the mean. */
    public static Attribute aboveMean(String name, String field, double[] numbers) {
        double mean = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
        }
        return above(name, field, numbers, mean);
    }

    /** That a number is above a limit. */
    public static Attribute above(String name, String field, double[] numbers, double limit) {
        boolean[] has = new boolean[numbers.length];
        for (int i = 0; i < has.length; i++) {
            has[i] = numbers[i] > limit;
        }
        return new Attribute(name, field, has);
    }

    /** How many examples have it. */
    public long count() {
        long count = 0;
        for (boolean one : has) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Whether there are examples of both kinds. */
    public boolean tellsApart() {
        return count() > 0 && count() < has.length;
    }
}
