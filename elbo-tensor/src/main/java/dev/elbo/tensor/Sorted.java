package dev.elbo.tensor;

/**
 * Elements in order, and where they stood.
 *
 * @param values the elements, as many along the sorted dimension as were asked for
 * @param indices INT64 of the same shape: {@code values} is {@code tensor.gather(dim, indices)}
 */
public record Sorted(Tensor values, Tensor indices) {}
