package dev.elbo.train;

/**
 * Batches with a fixed part of examples that have a field which others lack, such as a label.
 *
 * @param field the field that is partly present
 * @param share which part of every batch has it
 */
public record Mixing(String field, double share) {
    /**
     * Validates the share.
     *
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public Mixing {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the share of examples with field '" + field + "' in a batch is above 0 and below 1; got " + share);
        }
    }
}
