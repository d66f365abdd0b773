package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class SemiSupervisedTest {
    private static final int EXAMPLES = 5;
    private static final int LABELS = 10;
    private static final long OF_ALL = 1000;

    private final Vae model = LinearGaussian.amiss().model();
    private final SemiSupervised objective = new SemiSupervised(Schedule.constant(1), "label", LABELS);

    private static Batch batch(float... present) {
        Map<String, Tensor> fields = Map.of(
                "image",
                LinearGaussian.batch(EXAMPLES, 1).get("image"),
                "label",
                Tensor.of(new long[EXAMPLES], EXAMPLES));
        return new Batch(fields, Map.of(), Map.of("label", Tensor.of(present, EXAMPLES)));
    }

    private static Step step() {
        Step step = new Step(1, 10, OF_ALL, Device.CPU);
        step.advance(0, 0);
        return step;
    }

    /** −ELBO of each example under the noise of the step. */
    private double[] bounds(Batch batch) {
        Draw draw = model.draw(batch, 1, step().pass());
        return draw.kl().minus(draw.logLikelihood().squeeze(0)).toHost().toDoubles();
    }

    /** Labelled examples are a hundredth of the data and two fifths of the batch: together they weigh a hundredth. */
    @Test
    void eachKindWeighsAsMuchAsItsPartOfTheData() {
        Batch batch = batch(1, 0, 0, 1, 0);
        double[] bounds = bounds(batch);
        double part = (double) LABELS / OF_ALL;
        double expected = part * (bounds[0] + bounds[3]) / 2 + (1 - part) * (bounds[1] + bounds[2] + bounds[4]) / 3;
        Loss loss = objective.loss(model, batch, step());
        assertThat(loss.total().item()).isEqualTo(expected, within(1e-5)); // FLOAT32 sums of about 5 nats
    }

    @Test
    void ofOneKindItIsThePlainBound() {
        for (Batch batch : new Batch[] {batch(1, 1, 1, 1, 1), batch(0, 0, 0, 0, 0)}) {
            double plain = Elbo.standard().loss(model, batch, step()).total().item();
            // FLOAT32 sums in another order
            assertThat(objective.loss(model, batch, step()).total().item()).isEqualTo(plain, within(1e-5));
        }
    }

    @Test
    void thereAreLabels() {
        assertThatThrownBy(() -> new SemiSupervised(Schedule.constant(1), "label", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("some examples have a label; got 0");
    }
}
