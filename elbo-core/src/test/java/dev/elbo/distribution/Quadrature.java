package dev.elbo.distribution;

import static dev.elbo.distribution.DistributionContract.grid;
import static dev.elbo.distribution.DistributionContract.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Seams;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A sum that stands for an integral over events.
 *
 * @param points FLOAT64 [N, event...]
 * @param volumes what each stands for, [N]
 */
record Quadrature(Tensor points, Tensor volumes) {
    private static final int ROUNDS = 40;
    private static final int DRAWS = 500;

    /** Over a square grid of the plane, from −side to side; exact for smooth densities that end inside. */
    static Quadrature ofPlane(double side, int count) {
        double[] along = grid(-side, side, count);
        double[] points = new double[2 * count * count];
        for (int i = 0; i < count * count; i++) {
            points[2 * i] = along[i / count];
            points[2 * i + 1] = along[i % count];
        }
        double step = 2 * side / (count - 1);
        return of(points, 2, step * step);
    }

    /** Points of so many numbers that all stand for the same volume. */
    static Quadrature of(double[] numbers, int dims, double volume) {
        long count = numbers.length / dims;
        Tensor points = Tensor.of(HostArray.of(numbers, count, dims), Device.CPU);
        return new Quadrature(points, points.get(-1, 0).zerosLike().plus(volume));
    }

    /**
     * ∫ f p for each of a batch of distributions, [B].
     *
     * @param f of events: [..., D] → [...]
     */
    Tensor of(Distribution p, UnaryOperator<Tensor> f) {
        Tensor density = p.logProb(points.unsqueeze(1)).exp(); // [N, B]
        return density.times(f.apply(points).times(volumes).unsqueeze(1)).sum(0);
    }

    /** Compares gradients of E f(z) through samples, on average, with those of ∫ f p, for a bounded f of all dimensions. */
    void compareGradients(Supplier<? extends Pathwise> of, Tensor... parameters) {
        UnaryOperator<Tensor> f = x -> {
            Tensor order =
                    Tensor.arange(x.size(-1), Device.CPU).to(DType.FLOAT64).plus(1);
            return x.times(order).plus(0.3).sin().sum(-1);
        };
        List<Tensor> inputs = List.of(parameters);
        List<double[][]> rounds = new ArrayList<>();
        try (Seams off = Seams.off()) {
            List<double[]> exact = gradients(of(of.get(), f).sum(), inputs);
            for (int round = 0; round < ROUNDS; round++) {
                try (Scope scope = Scope.open("round")) {
                    Tensor z = of.get().rsample(DRAWS, seeded(100 + round)).value();
                    rounds.add(gradients(f.apply(z).mean(0).sum(), inputs).toArray(double[][]::new));
                }
            }
            for (int p = 0; p < parameters.length; p++) {
                compare(p, exact.get(p), rounds);
            }
        }
    }

    private static void compare(int parameter, double[] exact, List<double[][]> rounds) {
        for (int i = 0; i < exact.length; i++) {
            int element = i;
            Estimate estimate = Estimate.of(rounds.stream()
                    .mapToDouble(round -> round[parameter][element])
                    .toArray());
            assertThat(exact[i])
                    .as("parameter " + parameter + ", element " + i)
                    .isCloseTo(estimate.mean(), within(estimate.margin() + 1e-4));
        }
    }

    private static List<double[]> gradients(Tensor number, List<Tensor> inputs) {
        return number.gradients(inputs, false).stream()
                .map(gradient -> gradient.reshape(-1).toHost().toDoubles())
                .toList();
    }
}
