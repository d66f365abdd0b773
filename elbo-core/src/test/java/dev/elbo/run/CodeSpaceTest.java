package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeSpaceTest {
    private static final HostArray CENTRES = HostArray.of(new float[] {0, 0, 3, 4, 0, 1, 1, 1}, 4, 2);

    private static CodeSpace labelled(Map<String, List<String>> about) {
        return new CodeSpace(new Codes(CENTRES, List.of("z0", "z1"), about, Optional.empty()));
    }

    @Test
    void theNearestCodeComesFirst() {
        assertThat(labelled(Map.of()).nearest(new float[] {0, 0}, 3))
                .containsExactly(
                        new CodeSpace.Near(0, 0), new CodeSpace.Near(2, 1), new CodeSpace.Near(3, Math.sqrt(2)));
        assertThat(labelled(Map.of()).nearest(new float[] {0, 0}, 9)).hasSize(4);
    }

    @Test
    void aWayLeadsFromTheMeanOfTheOthersToTheMeanOfAClass() {
        CodeSpace space = labelled(Map.of("label", List.of("down", "up", "down", "up")));

        assertThat(space.towards("up")).containsExactly(2, 2); // (2, 2.5) less (0, 0.5)
        assertThat(space.towards("down")).containsExactly(-2, -2);
    }

    @Test
    void whatThereIsNoWayToIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labelled(Map.of()).towards("up"))
                .withMessageContaining("no labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        labelled(Map.of("label", List.of("a", "b", "a", "b"))).towards("c"))
                .withMessageContaining("label 'c'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        labelled(Map.of("label", List.of("a", "a", "a", "a"))).towards("a"))
                .withMessageContaining("all examples");
    }
}
