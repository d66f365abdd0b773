package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.option.Options;
import dev.elbo.posterior.PosteriorKind;
import dev.elbo.prior.PriorKind;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Rng;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every prior and every posterior in a short training. */
@ExtendWith(InAScope.class)
class PriorsAndPosteriorsLearnTest {
    private static final int REPORTS = 16;

    /** Every posterior with the first prior that stands beside it, and every prior with the first posterior. */
    static Stream<Map<String, String>> pairs() {
        Stream<Map<String, String>> posteriors = PosteriorKind.forms().stream()
                .map(Form::standard)
                .filter(posterior ->
                        !posterior.toString().endsWith("point")) // without a bound: ae and others train them
                .map(posterior ->
                        pair(posterior, first(PriorKind.forms(), prior -> prior.fits(posterior) && !isVamp(prior))));
        Stream<Map<String, String>> priors = PriorKind.forms().stream()
                .map(Form::standard)
                .map(prior -> pair(first(PosteriorKind.forms(), prior::fits), prior));
        return Stream.concat(posteriors, priors).distinct();
    }

    private static boolean isVamp(PriorKind prior) {
        return prior.toString().startsWith("vamp");
    }

    private static <K> K first(List<Form<K>> forms, Predicate<K> fits) {
        return forms.stream().map(Form::standard).filter(fits).findFirst().orElseThrow();
    }

    private static Map<String, String> pair(PosteriorKind posterior, PriorKind prior) {
        return Map.of("posterior", posterior.toString(), "prior", prior.toString());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eightyStepsLowerTheLoss(Map<String, String> pair) throws IOException {
        DataSource data = Stripes.of(1, 9, 7, 64);
        Map<String, String> options = new HashMap<>(pair);
        options.putAll(Map.of("latents", "4", "hidden", "64"));
        if (pair.containsValue("vamp(500)")) {
            options.put("prior", "vamp(5)");
        }
        List<Double> losses = new ArrayList<>();
        Trainer trainer = new Trainer(
                Recipes.with(Recipes.named("vae"), options)
                        .compose(data.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU)),
                new Examples(data.train(), data.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                Optional.empty(),
                Options.of(TrainingSettings.standard())
                        .with(Map.of("epochs", "20", "batch", "16", "logEvery", "5", "evaluateEvery", "99")),
                1,
                Optional.empty(),
                event -> {
                    if (event instanceof TrainingEvent.Progressed at) {
                        losses.add(Objects.requireNonNull(at.terms().get("negElbo")));
                    }
                });
        trainer.run(() -> losses.size() == REPORTS);
        assertThat(losses).allSatisfy(loss -> assertThat(loss).isFinite());
        assertThat(losses.get(REPORTS - 1))
                .isLessThan(losses.get(0) - 2); // of some 44 nats; batches differ by about one
    }
}
