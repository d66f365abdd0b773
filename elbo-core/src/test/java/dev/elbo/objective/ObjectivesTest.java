package dev.elbo.objective;

import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** All objectives, with the options that change them. */
@ParameterizedClass
@MethodSource("objectives")
class ObjectivesTest extends ObjectiveContract {
    private final Objective objective;

    ObjectivesTest(Objective objective) {
        this.objective = objective;
    }

    static List<Objective> objectives() {
        return List.of(
                Elbo.standard(),
                new Elbo(Schedule.parse("linear(0, 5, 1)"), 0),
                new Elbo(Schedule.constant(1), 0.5),
                new Elbo(Schedule.constant(0.5), FreeBits.parse("latent(0.5)"), true),
                new Capacity(2, Schedule.parse("linear(0, 9, 1)")),
                new Capacity(0.5, Schedule.constant(0)),
                new TotalCorrelation(1, Schedule.constant(6), 1, TotalCorrelation.Estimator.WEIGHTED),
                new TotalCorrelation(
                        0.5, Schedule.parse("linear(0, 2, 1)"), 0.7, TotalCorrelation.Estimator.STRATIFIED),
                new Iwae(1, false),
                new Iwae(7, false),
                new Iwae(1, true),
                new Iwae(7, true),
                new Decorrelation(10, 5, false),
                new Decorrelation(0.5, 0.1, true));
    }

    @Override
    Objective objective() {
        return objective;
    }

    /** The doubly reparameterised loss is a surrogate: only its gradient means something. */
    @Override
    Tensor value(Loss loss) {
        return doublyReparameterised() ? Objects.requireNonNull(loss.terms().get("negBound")) : loss.total();
    }

    @Override
    boolean gradientIsExact(String parameter) {
        return !doublyReparameterised() || !parameter.startsWith("posterior");
    }

    private boolean doublyReparameterised() {
        return objective instanceof Iwae iwae && iwae.doublyReparameterised();
    }
}
