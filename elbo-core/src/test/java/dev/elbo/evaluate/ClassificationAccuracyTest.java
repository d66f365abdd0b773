package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ClassificationAccuracyTest {
    private static final int EXAMPLES = 150;

    private final DataSource data = Stripes.of(1, 5, 6, EXAMPLES);
    private final Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
    private final LatentVariableModel model =
            Recipes.named("m2").compose(data.spec(), initial).model();

    private Examples examples(Split split) {
        return new Examples(split, data.spec(), Pixels.PROBABILITIES, 1, Device.CPU);
    }

    private long[] inferred() {
        Batch all = examples(data.train()).range(0, EXAMPLES, initial.rng());
        return Objects.requireNonNull(
                        model.encode(all, Pass.evaluation(initial.rng())).get("label"))
                .toHost()
                .toLongs();
    }

    private Split labelled(long[] labels) {
        return new Split(Map.of("image", data.train().field("image"), "label", HostArray.of(labels, EXAMPLES)));
    }

    @Test
    void aModelIsRightAboutWhatItInfersAndWrongAboutTheRest() {
        long[] labels = inferred();
        for (int i = 0; i < 30; i++) {
            labels[i] = (labels[i] + 1) % 3;
        }
        ClassificationAccuracy accuracy =
                ClassificationAccuracy.of(model, examples(labelled(labels)), 1).get(0);
        assertThat(accuracy).isEqualTo(new ClassificationAccuracy("label", 120, EXAMPLES));
        assertThat(accuracy.accuracy()).isEqualTo(0.8, within(1e-12));
        assertThat(accuracy.error()).isEqualTo(0.2, within(1e-12));
    }

    @Test
    void examplesWithoutALabelDoNotCount() {
        byte[] present = new byte[EXAMPLES];
        Arrays.fill(present, 0, 40, (byte) 1);
        long[] labels = inferred();
        labels[0] = (labels[0] + 1) % 3;
        labels[100] = (labels[100] + 1) % 3;
        Split partly = new Split(labelled(labels).fields(), Map.of(), Map.of("label", HostArray.of(present, EXAMPLES)));
        assertThat(ClassificationAccuracy.of(model, examples(partly), 1))
                .containsExactly(new ClassificationAccuracy("label", 39, 40));
    }

    @Test
    void aModelWithoutClassesHasNone() {
        LatentVariableModel vae =
                Recipes.named("vae").compose(data.spec(), initial).model();
        assertThat(ClassificationAccuracy.of(vae, examples(data.train()), 1)).isEmpty();
    }
}
