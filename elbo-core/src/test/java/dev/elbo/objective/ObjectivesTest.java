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
                new StickingTheLanding(3),
                new MultiplyImportanceWeighted(3, 2),
                new PartiallyImportanceWeighted(3, 2),
                new CombinedBound(4, 0.3),
                new Renyi(4, 0.5),
                new Renyi(4, -2),
                new Renyi(4, 1),
                new Capacities(3, Schedule.parse("linear(0, 2, 1)"), Schedule.constant(1)),
                new Distortion(),
                new Denoising(Corruption.GAUSSIAN, 0.3),
                new Denoising(Corruption.SALT_AND_PEPPER, 0.3),
                new Contraction(0.5, 0),
                new Contraction(0.5, 2),
                new RegularisedDecoder(0.2, 0.3, RegularisedDecoder.Regulariser.L2),
                new RegularisedDecoder(0.2, 0.3, RegularisedDecoder.Regulariser.GRADIENT_PENALTY),
                new Wasserstein(3, Kernel.IMQ),
                new Wasserstein(3, Kernel.RBF),
                new InfoVae(0.3, 1.5, Kernel.IMQ),
                new InfoVae(1, 5, Kernel.IMQ),
                new Decorrelation(10, 5, false),
                new Decorrelation(0.5, 0.1, true));
    }

    @Override
    Objective objective() {
        return objective;
    }

    /** A total that is a surrogate means something by its gradient alone. */
    @Override
    Tensor value(Loss loss) {
        return hasAnotherGradientForTheEncoder()
                ? Objects.requireNonNull(loss.terms().get("negBound"))
                : loss.total();
    }

    @Override
    boolean gradientIsExact(String parameter) {
        return !hasAnotherGradientForTheEncoder() || !parameter.startsWith("posterior");
    }

    private boolean hasAnotherGradientForTheEncoder() {
        return objective instanceof StickingTheLanding
                || objective instanceof PartiallyImportanceWeighted
                || (objective instanceof Iwae iwae && iwae.doublyReparameterised());
    }
}
