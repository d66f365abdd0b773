package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.exhibit.OnDemand;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.Reconstructions;
import dev.elbo.exhibit.Samples;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of rows of numbers, and models that are given some. */
class RowsAndAttributesTest {
    private static final int COUNT = 60;

    @TempDir
    Path directory;

    private static Field.Table table(String... names) {
        return new Field.Table(List.of(names), Optional.empty());
    }

    /** Heights about 170 that vary by 10, and weights that follow them. */
    private static HostArray people() {
        Random random = new Random(1);
        float[] rows = new float[2 * COUNT];
        for (int i = 0; i < rows.length; i += 2) {
            rows[i] = (float) (170 + 10 * random.nextGaussian());
            rows[i + 1] = rows[i] / 2 - 15;
        }
        return HostArray.of(rows, COUNT, 2);
    }

    private static DataSource rows() {
        DataSpec spec = new DataSpec("people", Map.of("row", table("height", "weight")), "");
        return new DataSource(spec, new Split(Map.of("row", people())), Optional.empty());
    }

    private static DataSource pictures(boolean areLabelled) {
        DataSource stripes = Stripes.of(1, 5, 6, COUNT);
        Map<String, Field> fields = new LinkedHashMap<>(stripes.spec().fields());
        Map<String, RowSource> arrays = new LinkedHashMap<>(stripes.train().fields());
        if (!areLabelled) {
            fields.remove("label");
            arrays.remove("label");
        }
        fields.put("attributes", table("height", "weight"));
        arrays.put("attributes", people());
        return new DataSource(new DataSpec("stripes", fields, ""), new Split(arrays), Optional.empty());
    }

    private Session trained(String recipe, String settings, DataSource data) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config(recipe, settings));
        Session session = new Session(run, data, Device.CPU);
        run.begin(Device.CPU, session.spec());
        session.train(event -> {}, () -> false);
        return session.loadBest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vae", "beta-vae", "beta-tcvae", "factor-vae", "iwae", "dip-vae"})
    void recipesOfFullyConnectedNetworksLearnRows(String recipe) throws IOException {
        assertThat(Recipes.named(recipe).suited(rows().spec(), 100, Map.of()))
                .isEqualTo(Map.of("likelihood", "normal"));
        try (Session session = trained(recipe, "epochs=1 likelihood=normal", rows())) {
            assertThat(session.evaluate("validation", 2, at -> {}).pixels()).isEmpty();
            assertThat(session.codes("train").centres().shape().sizes()).containsExactly(54, 2);
            assertThat(lines(Samples.of(3, 1).of(session.showing())))
                    .hasSize(3)
                    .allMatch(line -> line.matches("height=[-\\d.e]+, weight=[-\\d.e]+"));
        }
    }

    private static List<String> lines(Piece piece) {
        return ((Piece.Writing) piece).lines();
    }

    @Test
    void rowsAreShownInTheUnitsOfTheData() throws IOException {
        try (Session session = trained("vae", "epochs=1 likelihood=laplace", rows())) {
            String original =
                    lines(new Reconstructions(2).of(session.showing())).get(0);
            double height = Double.parseDouble(original.replaceAll("row: height=([\\d.]+),.*", "$1"));
            assertThat(height).isBetween(120.0, 220.0);
            assertThat(original).contains("weight=");
        }
    }

    @Test
    void numbersOfRowsHaveFourDigits() {
        Field.Table table = table("a", "b", "c", "d", "e");
        HostArray row = HostArray.of(new double[] {0, 123456, -1.5, 1e-12, 2e15}, 1, 5);
        assertThat(Generator.show(table, row))
                .isEqualTo(new Shown.Text(List.of("a=0, b=123500, c=-1.5, d=1e-12, e=2e+15")));
    }

    /** Counts of two columns that rise and fall together, about 4 and 40. */
    private static float[] counts() {
        Random random = new Random(1);
        float[] rows = new float[2 * COUNT];
        for (int i = 0; i < rows.length; i += 2) {
            double more = 1 + random.nextDouble();
            rows[i] = (float) Math.rint(3 * more);
            rows[i + 1] = (float) Math.rint(30 * more + random.nextInt(3));
        }
        return rows;
    }

    private static DataSource counted(float[] rows) {
        DataSpec spec = new DataSpec("cells", Map.of("row", table("gene", "other")), "");
        return new DataSource(spec, new Split(Map.of("row", HostArray.of(rows, COUNT, 2))), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "negative-binomial", "zero-inflated-negative-binomial"})
    void countsAreLearnedAsTheyAreAndSamplesAreTheirMeans(String likelihood) throws IOException {
        try (Session session = trained("vae", "epochs=3 likelihood=" + likelihood, counted(counts()))) {
            Field.Table table = (Field.Table) session.spec().field("row");
            assertThat(table.statistics().orElseThrow().restored(7, 1)).isEqualTo(7);
            List<String> samples = lines(Samples.of(20, 1).of(session.showing()));
            assertThat(samples).hasSize(20).allMatch(line -> line.matches("gene=[\\d.]+, other=[\\d.]+"));
            double mean = samples.stream()
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*other=", "")))
                    .average()
                    .orElseThrow();
            assertThat(mean).isBetween(20.0, 100.0); // of 46, and little is learned yet
        }
        try (TrainedModel alone = TrainedModel.open(RunDirectory.open(directory.resolve("run")), Device.CPU)) {
            assertThat(lines(Samples.of(2, 1).of(alone.showing()))).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 0.5f, Float.NaN})
    void whatIsNoCountIsRefused(float value) {
        float[] rows = counts();
        rows[5] = value;
        assertThatThrownBy(() -> trained("vae", "likelihood=poisson", counted(rows)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts are whole numbers from 0; data 'cells' have "
                        + value
                        + " in column 'other' of row 3. Choose a likelihood of real numbers, such as likelihood=normal,"
                        + " or other data");
    }

    @Test
    void likelihoodOfPixelsIsRefusedForRows() {
        assertThatThrownBy(() -> trained("vae", "", rows()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set likelihood=normal or likelihood=laplace");
        assertThatThrownBy(() -> trained("vae", "likelihood=normal prior=vamp(5)", rows()))
                .hasMessageContaining("'row' has other values; set prior=normal or ")
                .hasMessageContaining(" or prior=flow(4) or ");
        assertThatThrownBy(() -> trained("conv-vae", "", rows())).hasMessageContaining("has no field 'image'");
        assertThat(Recipes.named("conv-vae").suited(rows().spec(), 100, Map.of()))
                .isEmpty();
    }

    @Test
    void imagesKeepTheLikelihoodOfTheirRecipe() {
        for (Recipe recipe : Recipes.all()) {
            assertThat(recipe.suited(Stripes.of(1, 5, 6, 2).spec(), 100, Map.of()))
                    .isEmpty();
        }
    }

    @Test
    void conditionsInTheUnitsOfTheDataAreStandardised() throws IOException {
        try (Session session = trained("cvae", "epochs=1", pictures(false))) {
            Field.Table table = (Field.Table) session.spec().field("attributes");
            assertThat(session.model().signature().conditions()).containsExactly("attributes");
            float height = (float) table.statistics().orElseThrow().standardised(185, 0);
            HostArray given = HostArray.of(new float[] {height, 0, height, 0}, 2, 2); // not given: the mean
            Shown expected = session.generator()
                    .samples(2, Map.of("attributes", given), 1, 3)
                    .get("image");

            for (String name : List.of("height", "attributes.height")) {
                assertThat(pixels(session, Map.of(name, "185"))).isEqualTo(expected);
            }
            assertThat(pixels(session, Map.of("height", "150"))).isNotEqualTo(expected);
            assertThat(pixels(session, Map.of())).isNotEqualTo(expected);
            assertThat(new OnDemand(2, 1).obstacle(session.showing())).isPresent();
        }
    }

    /** What a sample that is given values shows, as {@link Samples} makes it. */
    private static Shown pixels(Session session, Map<String, String> given) {
        return Objects.requireNonNull(new Samples(2, given, 1, 3).shown(session.showing()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epochs=1", "epochs=1 architecture=conv channels=4,5"})
    void labelsAndAttributesMayBeGivenTogether(String settings) throws IOException {
        try (Session session = trained("cvae", settings, pictures(true))) {
            assertThat(session.model().signature().conditions()).containsExactly("label", "attributes");
            assertThat(Samples.of(6, 1).of(session.showing())).isInstanceOf(Piece.Picture.class);
            assertThatThrownBy(() -> pixels(session, Map.of("heigth", "1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("heigth")
                    .hasMessageContaining("height");
            assertThatThrownBy(() -> pixels(session, Map.of("height", "tall")))
                    .hasMessage("a number in the data's units was expected as height; got 'tall'");
        }
    }

    @Test
    void anAuxiliaryModelInfersTheLabelAndIsGivenTheAttributes() throws IOException {
        try (Session session =
                trained("adgm", "epochs=1 labels=9 labelledShare=0.4 auxiliaryLatents=3", pictures(true))) {
            assertThat(session.model().signature().conditions()).containsExactly("attributes");
            assertThat(session.model().signature().onDemand()).containsExactly("attributes", "label");
            assertThat(pixels(session, Map.of("height", "150"))).isNotEqualTo(pixels(session, Map.of("height", "190")));
        }
    }

    @Test
    void cvaeWithoutEitherSaysWhatIsMissing() {
        assertThatThrownBy(() -> trained("cvae", "likelihood=normal", rows()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no field 'label'");
    }
}
