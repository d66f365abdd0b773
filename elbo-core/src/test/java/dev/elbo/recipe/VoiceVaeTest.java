package dev.elbo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.option.Options;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class VoiceVaeTest {
    private static final DataSource SPEECH = SuitedData.speech(6);

    private final Recipe recipe =
            Options.of(new VoiceVaeRecipe()).with(Map.of("hidden", "6", "blocks", "2", "latents", "3"));
    private final LatentVariableModel model = recipe.compose(
                    SPEECH.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
            .model();
    private final Batch batch = new Examples(SPEECH.train(), SPEECH.spec(), Pixels.GREY, 1, Device.CPU)
            .range(0, 6, Rng.seeded(2, Device.CPU));

    private static Batch with(Batch batch, String field, Tensor value) {
        Map<String, Tensor> fields = new HashMap<>(batch.fields());
        fields.put(field, value);
        return new Batch(fields, batch.lengths(), batch.present());
    }

    private Map<String, Tensor> codes(Batch of) {
        return model.encode(of, Pass.deterministic());
    }

    private Tensor made(Map<String, Tensor> codes, Batch given) {
        return Objects.requireNonNull(
                        model.decode(codes, given, Pass.deterministic()).get("sound"))
                .centre();
    }

    private Tensor z(Batch of) {
        return Objects.requireNonNull(codes(of).get("z"));
    }

    private static double apart(Tensor a, Tensor b) {
        return a.minus(b).abs().max().item();
    }

    @Test
    void aCodeSaysNothingOfTheLevelAndTheRangeOfABand() {
        Tensor sound = batch.get("sound");
        Tensor levels = Tensor.arange(sound.size(-1), Device.CPU).to(sound.dtype());

        Tensor louder = z(with(batch, "sound", sound.plus(levels)));
        Tensor wider = z(with(batch, "sound", sound.times(3)));

        assertThat(apart(louder, z(batch))).isLessThan(1e-4); // rounding
        assertThat(apart(wider, z(batch))).isLessThan(0.05); // but for the least variance of bands that do not change
    }

    @Test
    void aCodeIsTheSameWhoeverIsSaidToSpeakAndWhatIsMadeOfItIsNot() {
        Batch other = with(batch, "voice", batch.get("voice").times(-1).plus(1));

        Tensor own = made(codes(batch), batch);
        Tensor others = made(codes(batch), other);

        assertThat(apart(z(other), z(batch))).isEqualTo(0, within(0.0));
        assertThat(apart(own, others)).isGreaterThan(1e-3);
    }

    @Test
    void behindTheEndOfARecordingThereIsNothing() {
        Tensor made = made(codes(batch), batch);

        assertThat(batch.lengths("sound").toHost().toLongs()).startsWith(12, 11, 10, 9);
        assertThat(made.get(0, 3).narrow(0, 9, 3).abs().max().item()).isZero();
        assertThat(made.get(0, 3).narrow(0, 8, 1).abs().max().item()).isPositive();
    }

    @Test
    void oneVoiceAloneIsRefused() {
        Map<String, Field> fields = new HashMap<>(SPEECH.spec().fields());
        fields.put("voice", new Field.Category(List.of("ann")));
        DataSpec alone = new DataSpec("alone", fields, "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recipe.compose(alone, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU)))
                .withMessageStartingWith("data 'alone' have one voice");
    }
}
