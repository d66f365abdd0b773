package dev.elbo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class ClusteringAccuracyTest {
    private static final double ROUNDING = 1e-12;

    private static ClusteringAccuracy of(double[]... table) {
        return ClusteringAccuracy.of("cluster", "label", table);
    }

    @Test
    void clustersThatAreTheClassesByOtherNamesAreAllRight() {
        ClusteringAccuracy found = of(new double[] {0, 4, 0}, new double[] {0, 0, 5}, new double[] {3, 0, 0});
        assertThat(found.accuracy()).isEqualTo(1);
        assertThat(found.mutualInformation()).isEqualTo(1, within(ROUNDING));
        assertThat(found.points()).isEqualTo(12);
    }

    @Test
    void clustersThatSayNothingOfClassesHaveNoInformation() {
        ClusteringAccuracy found = of(new double[] {2, 4}, new double[] {3, 6});
        assertThat(found.mutualInformation()).isZero();
        assertThat(found.accuracy()).isEqualTo(8 / 15.0, within(ROUNDING)); // 2 + 6, which is more than 4 + 3
    }

    @Test
    void ofSeveralClustersOfAClassOneCounts() {
        ClusteringAccuracy found = of(new double[] {5, 0}, new double[] {3, 0}, new double[] {0, 8});
        assertThat(found.accuracy()).isEqualTo(13 / 16.0, within(ROUNDING));
        double ofClusters = -(5 * Math.log(5 / 16.0) + 3 * Math.log(3 / 16.0) + 8 * Math.log(0.5)) / 16;
        double information = Math.log(2); // clusters say the class: it is all that there is to know of it
        assertThat(found.mutualInformation()).isEqualTo(2 * information / (ofClusters + Math.log(2)), within(ROUNDING));
    }

    @Test
    void oneClassInOneClusterIsRight() {
        assertThat(of(new double[] {7})).isEqualTo(new ClusteringAccuracy("cluster", "label", 1, 1, 7));
    }

    @Test
    void theTableIsThatOfWhatTheModelInfersAndTheDataSay() {
        DataSource data = Stripes.of(1, 5, 6, 30);
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        LatentVariableModel model = Recipes.with(Recipes.named("gm-vae"), Map.of("clusters", "4"))
                .compose(data.spec(), initial)
                .model();
        Examples examples = new Examples(data.train(), data.spec(), Pixels.PROBABILITIES, 1, Device.CPU);
        Batch all = examples.range(0, 30, initial.rng());
        long[] clusters = Objects.requireNonNull(
                        model.encode(all, Pass.deterministic()).get("cluster"))
                .toHost()
                .toLongs();
        long[] labels = all.get("label").toHost().toLongs();
        double[][] table = new double[4][3];
        for (int i = 0; i < 30; i++) {
            table[(int) clusters[i]][(int) labels[i]]++;
        }
        assertThat(ClusteringAccuracy.of(model, examples, 1)).containsExactly(of(table));
        LatentVariableModel told =
                Recipes.named("m2").compose(data.spec(), initial).model();
        assertThat(ClusteringAccuracy.of(told, examples, 1)).isEmpty();
    }
}
