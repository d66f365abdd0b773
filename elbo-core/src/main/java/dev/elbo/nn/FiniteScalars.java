package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Finite scalar quantisation, Mentzer et al. (2024), section 3.1: each of D dimensions is bounded by a tanh and rounded to one of Lᵢ
 * levels, and a vector is one of Π Lᵢ codes. There is no codebook that could collapse, and nothing to commit to.
 *
 * <p>An odd number of levels are the whole numbers around 0, over ⌊L/2⌋; of an even one the upper end is left out, as in the
 * paper's appendix A.1, so that 0 is a level of all.
 *
 * @param levels Lᵢ, each 2 or more
 */
public record FiniteScalars(List<Integer> levels) implements Quantiser {
    /** By which the tanh is widened, so that the outermost levels are reached by finite numbers. */
    private static final double MARGIN = 1e-3;

    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there is no dimension, or one has fewer than two levels
     */
    public FiniteScalars {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.stream().anyMatch(count -> count < 2)) {
            throw new IllegalArgumentException("each dimension has two levels or more; got levels " + levels);
        }
    }

    @Override
    public long codes() {
        return levels.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    @Override
    public long dims() {
        return levels.size();
    }

    /** A number of each dimension. */
    private Tensor each(IntToDoubleFunction of, Device device) {
        return onDevice(levels.stream().mapToInt(Integer::intValue).mapToDouble(of), device)
                .to(DType.FLOAT32);
    }

    /** FLOAT64, made there: a step that is recorded on a card may copy nothing from the host. */
    private static Tensor onDevice(DoubleStream numbers, Device device) {
        return Tensor.stack(
                0,
                numbers.mapToObj(number ->
                                Tensor.zeros(DType.FLOAT64, device, Shape.of()).fill(number))
                        .toArray(Tensor[]::new));
    }

    /** ⌊L/2⌋. */
    private Tensor half(Device device) {
        return each(count -> Math.floor(count / 2.0), device);
    }

    /** L before each dimension multiplied: the weights of a number in this system. */
    private Tensor places(Device device) {
        double[] places = new double[levels.size()];
        double product = 1;
        for (int i = 0; i < places.length; i++) {
            places[i] = product;
            product *= levels.get(i);
        }
        return onDevice(DoubleStream.of(places), device);
    }

    @Override
    public Quantisation quantise(Tensor x, Pass pass) {
        Device device = x.device();
        Tensor bounded = bounded(x.to(DType.FLOAT32));
        Tensor rounded = bounded.detach().round();
        Tensor digits = rounded.plus(half(device)).to(DType.FLOAT64);
        Tensor codes = digits.times(places(device)).sum(-1).round().to(DType.INT64);
        Tensor through = rounded.plus(bounded.minus(bounded.detach())).over(half(device));
        return new Quantisation(codes, through, bounded.detach().sum(-1).zerosLike());
    }

    /**
     * Within the levels and half a step beyond: for even L shifted by half a level, and x by about as much, so that 0 becomes 0. The
     * paper's shift is a tangent, where the inverse of tanh would be exact; of two levels that one is 3.8, and leads to where the tanh
     * has no gradient.
     */
    private Tensor bounded(Tensor x) {
        Device device = x.device();
        Tensor reach = each(count -> (count - 1) * (1 + MARGIN) / 2, device);
        Tensor offset = each(count -> count % 2 == 0 ? 0.5 : 0, device);
        Tensor shift = each(count -> count % 2 == 0 ? Math.tan(0.5 / ((count - 1) * (1 + MARGIN) / 2)) : 0, device);
        return x.plus(shift).tanh().times(reach).minus(offset);
    }

    @Override
    public Tensor vectors(Tensor codes) {
        Device device = codes.device();
        Tensor number = codes.to(DType.FLOAT64).unsqueeze(-1); // exact below 2⁵³
        Tensor count = each(Integer::valueOf, device).to(DType.FLOAT64);
        Tensor above = number.over(places(device)).floor();
        Tensor digits = above.minus(above.over(count).floor().times(count));
        return digits.to(DType.FLOAT32).minus(half(device)).over(half(device));
    }

    @Override
    public String toString() {
        return "FiniteScalars" + Arrays.toString(levels.toArray());
    }
}
