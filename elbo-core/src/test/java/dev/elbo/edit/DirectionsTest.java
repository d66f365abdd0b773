package dev.elbo.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.checkpoint.Safetensors;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectionsTest {
    private static final Direction SMILE =
            new Direction("smile", "label", Direction.Method.LINEAR, Map.of("z", new float[] {1, 2}), 0.875, 40);

    @TempDir
    Path folder;

    @Test
    void areReadAsTheyWereWritten() throws IOException {
        Path file = folder.resolve(Directions.FILE);
        new Directions(List.of(SMILE)).write(file);

        Direction read = Directions.read(file).named("smile");

        assertThat(Objects.requireNonNull(read.steps().get("z"))).containsExactly(1, 2);
        assertThat(read.method()).isEqualTo(Direction.Method.LINEAR);
        assertThat(read.accuracy()).isEqualTo(0.875);
        assertThat(read.heldOut()).isEqualTo(40);
    }

    @Test
    void classesOfOneNameInTwoFieldsAreTwoDirections() throws IOException {
        Path file = folder.resolve(Directions.FILE);
        Direction wall = new Direction("red", "wall", Direction.Method.MEAN, Map.of("z", new float[] {1}), 0.8, 40);
        Direction floor = new Direction("red", "floor", Direction.Method.MEAN, Map.of("z", new float[] {2}), 0.9, 40);
        new Directions(List.of(SMILE)).with(List.of(wall)).with(List.of(floor)).write(file);

        Directions read = Directions.read(file);

        assertThat(read.all().stream().map(read::called)).containsExactly("smile", "wall:red", "floor:red");
        assertThat(read.named("floor:red").steps().get("z")).containsExactly(2);
        assertThat(read.named("wall:red").steps().get("z")).containsExactly(1);
        assertThat(read.named("label:smile").name()).isEqualTo("smile");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.named("red"))
                .withMessage("several fields have an attribute 'red': say wall:red or floor:red");
    }

    @Test
    void aFileThatNamesItsStepsByTheDirectionIsRead() throws IOException {
        Path file = folder.resolve(Directions.FILE);
        new Safetensors(
                        Map.of("smile/z", HostArray.of(new float[] {1, 2}, 2)),
                        Map.of("directions", "[{\"name\": \"smile\", \"field\": \"label\", \"method\": \"mean\"}]"))
                .write(file);

        assertThat(Directions.read(file).named("smile").steps().get("z")).containsExactly(1, 2);
    }

    @Test
    void aNewOneComesInThePlaceOfThatOfItsName() {
        Direction better = new Direction("smile", "label", Direction.Method.MEAN, SMILE.steps(), 0.9, 40);

        assertThat(new Directions(List.of(SMILE)).with(List.of(better)).all()).containsExactly(better);
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Directions(List.of(SMILE)).named("smil"))
                .withMessage("unknown attribute 'smil'; did you mean 'smile'? Known: smile");
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        Path file = folder.resolve(Directions.FILE);
        new Safetensors(Map.of("a", HostArray.of(new float[1], 1)), Map.of()).write(file);

        assertThatThrownBy(() -> Directions.read(file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("says nothing of directions");
    }

    @Test
    void aMoveOfNothingChangesNothingAndAMoveThereAndBackNeither() {
        Map<String, HostArray> z = Map.of("z", HostArray.of(new float[] {3, 4}, 1, 2));

        assertThat(SMILE.moved(z, 0)).isEqualTo(z);
        assertThat(SMILE.moved(SMILE.moved(z, 1), -1)).isEqualTo(z); // small whole numbers are exact
        assertThat(SMILE.place(SMILE.moved(z, 2)) - SMILE.place(z)).isEqualTo(2);
    }
}
