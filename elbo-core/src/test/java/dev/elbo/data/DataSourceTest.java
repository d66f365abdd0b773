package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSourceTest {
    private static final HostArray IMAGES = HostArray.of(new byte[3 * 4], 3, 1, 2, 2);
    private static final HostArray LABELS = HostArray.of(new long[] {0, 1, 0}, 3);

    @Test
    void fieldsKnowTheShapeOfAnObservation() {
        assertThat(new Field.Image(3, 28, 20).shape()).isEqualTo(Shape.of(3, 28, 20));
        assertThat(new Field.Category(List.of("cat", "dog")).shape()).isEqualTo(Shape.of());
        assertThat(new Field.Table(5).shape()).isEqualTo(Shape.of(5));
    }

    @Test
    void fieldsAreNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field.Image(1, 0, 28))
                .withMessage("an image has at least 1 channel of 1 × 1 pixels; got 1 of 0 × 28");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field.Category(List.of()))
                .withMessage("a category has at least one class");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field.Category(List.of("cat", "cat")))
                .withMessage("a category's classes have different names; got [cat, cat]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field.Table(0))
                .withMessage("a table has at least 1 column; got 0");
    }

    @Test
    void missingFieldIsNamedBesideThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec().field("row"))
                .withMessage("data 'pets' has no field 'row'; it has [image, label]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(IMAGES, LABELS).field("row"))
                .withMessage("the split has no field 'row'; it has [image, label]");
    }

    @Test
    void fieldsOfASplitHaveOneSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(IMAGES, HostArray.of(new long[2], 2)))
                .withMessage("all fields have the same number of observations; got {image=3, label=2}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> split(IMAGES, HostArray.of(new long[1])))
                .withMessage("field 'label' is [N, ...]; got a single number");
    }

    @Test
    void sliceTakesTheSameObservationsOfEveryField() {
        Split slice = split(IMAGES, LABELS).slice(1, 3);

        assertThat(slice.size()).isEqualTo(2);
        assertThat(slice.field("label").toHost().toLongs()).containsExactly(1, 0);
        assertThat(slice.field("image").shape()).isEqualTo(Shape.of(2, 1, 2, 2));
    }

    @Test
    void splitsHoldWhatTheSpecSays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(split(HostArray.of(new byte[3 * 9], 3, 1, 3, 3), LABELS)))
                .withMessage("train field 'image' is UINT8 [3, 1, 3, 3]; expected [3, 1, 2, 2] of [FLOAT32, UINT8]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(new Split(Map.of("image", IMAGES))))
                .withMessage("train has the fields [image]; expected [image, label]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(split(IMAGES, LABELS).slice(0, 0)))
                .withMessage("train has no observations");
    }

    @Test
    void labelThatIsNoClassIsNamed() {
        Split test = split(IMAGES, HostArray.of(new long[] {0, 1, 2}, 3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataSource(spec(), split(IMAGES, LABELS), Optional.of(test)))
                .withMessage("test field 'label' has class 2 at 2; expected 0 to 1");
    }

    private static DataSource source(Split train) {
        return new DataSource(spec(), train, Optional.empty());
    }

    private static DataSpec spec() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, 2, 2));
        fields.put("label", new Field.Category(List.of("cat", "dog")));
        return new DataSpec("pets", fields, "");
    }

    private static Split split(HostArray images, HostArray labels) {
        Map<String, HostArray> fields = new LinkedHashMap<>();
        fields.put("image", images);
        fields.put("label", labels);
        return new Split(fields);
    }
}
