package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static Tensor one() {
        return Tensor.of(new float[] {1}, 1);
    }

    @Test
    void aTensorBelongsToTheInnermostScope() {
        try (Scope outer = Scope.open("outer")) {
            Tensor before = one();
            try (Scope inner = Scope.open("inner")) {
                assertThat(Scope.current()).isSameAs(inner);
                before.plus(1).plus(1);
                assertThat(inner.size()).isEqualTo(2);
            }
            assertThat(Scope.current()).isSameAs(outer);
            assertThat(outer.size()).isEqualTo(1);
            assertThat(before.item()).isEqualTo(1);
        }
    }

    @Test
    void aTensorIsFreedWithItsScopeAndSaysSo() {
        Tensor tensor;
        try (Scope scope = Scope.open("step 7")) {
            tensor = one();
            assertThat(scope.size()).isEqualTo(1);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> tensor.plus(1))
                .withMessage("this tensor was freed when its scope 'step 7' closed; scope.keep(tensor) moves one to"
                        + " the scope around");
        assertThat(tensor).hasToString("a freed tensor");
    }

    @Test
    void aFreedOperandIsRefusedToo() {
        try (Scope outer = Scope.open("outer")) {
            Tensor freed;
            try (Scope inner = Scope.open("inner")) {
                freed = one();
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> one().plus(freed))
                    .withMessageContaining("freed when its scope 'inner' closed");
            assertThatIllegalStateException().isThrownBy(() -> one().assign(freed));
            assertThatIllegalStateException().isThrownBy(() -> Tensor.cat(0, one(), freed));
            assertThatIllegalStateException().isThrownBy(() -> outer.adopt(freed));
        }
    }

    @Test
    void aTensorThatIsReleasedIsFreedBeforeItsScopeAndCounted() {
        try (Scope outer = Scope.open("outer")) {
            Tensor early = one();
            Tensor view = early.narrow(0, 0, 1);
            outer.release(early);
            assertThat(outer.released()).isEqualTo(1);
            assertThat(outer.size()).isEqualTo(1);
            assertThat(view.toFloats()).as("a view keeps the memory").containsExactly(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> early.plus(1))
                    .withMessage("this tensor was released from its scope 'outer'");

            try (Scope inner = Scope.open("inner")) {
                outer.adopt(one());
                assertThat(inner.released()).as("it moved outwards").isEqualTo(1);
                assertThat(outer.released()).isEqualTo(1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> inner.release(view))
                        .withMessageEndingWith(" does not live in scope 'inner', but in 'outer'; release it there");
            }
        }
    }

    @Test
    void outsideEveryScopeNoTensorIsMade() {
        assertThatIllegalStateException()
                .isThrownBy(ScopeTest::one)
                .withMessage("a tensor is made outside every scope, so nothing would free it; put"
                        + " try (Scope scope = Scope.open(\"work\")) { … } around this");
    }

    @Test
    void aKeptTensorLivesInTheScopeAround() {
        try (Scope outer = Scope.open("outer")) {
            Tensor kept;
            try (Scope inner = Scope.open("inner")) {
                kept = inner.keep(one().plus(1));
                assertThat(inner.size()).isEqualTo(1);
                assertThat(outer.size()).isEqualTo(1);
            }
            assertThat(kept.item()).isEqualTo(2);
        }
    }

    @Test
    void aTensorMayBeKeptTwice() {
        try (Scope outermost = Scope.open("outermost")) {
            Tensor kept;
            try (Scope outer = Scope.open("outer")) {
                try (Scope inner = Scope.open("inner")) {
                    kept = inner.keep(one());
                    assertThat(inner.keep(kept)).isSameAs(kept);
                    assertThat(outer.size()).isEqualTo(1);
                }
                outer.keep(kept);
            }
            assertThat(kept.item()).isEqualTo(1);
            assertThat(outermost.size()).isEqualTo(1);
        }
    }

    @Test
    void aScopeAdoptsFromAnyScopeInsideIt() {
        try (Scope outermost = Scope.open("outermost")) {
            Tensor kept;
            try (Scope outer = Scope.open("outer");
                    Scope inner = Scope.open("inner")) {
                kept = outermost.adopt(one());
            }
            assertThat(kept.item()).isEqualTo(1);
        }
    }

    @Test
    void theOutermostScopeHasNoneToKeepATensorIn() {
        try (Scope scope = Scope.open("alone")) {
            Tensor tensor = one();
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.keep(tensor))
                    .withMessage("scope 'alone' is the outermost: there is none to keep a tensor in");
        }
    }

    @Test
    void aCappedScopeRefusesNewTensorsAndThoseOfInnerScopes() {
        try (Scope model = Scope.open("model")) {
            Tensor weight = one();
            assertThat(model.cap()).isSameAs(model);
            assertThatIllegalStateException()
                    .isThrownBy(() -> weight.plus(1))
                    .withMessage("scope 'model' is capped: FLOAT32 [1] may not stay in it; open a scope around the"
                            + " work that makes the tensor");
            try (Scope step = Scope.open("step")) {
                Tensor y = weight.plus(1);
                assertThatIllegalStateException()
                        .isThrownBy(() -> step.keep(y))
                        .withMessageContaining("scope 'model' is capped");
                assertThat(y.item()).isEqualTo(2);
            }
            assertThat(model.size()).isEqualTo(1);
            assertThat(weight.plusInPlace(1).item()).isEqualTo(2);
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        try (Scope outer = Scope.open("outer")) {
            Scope inner = Scope.open("inner");
            inner.close();
            inner.close();
            assertThat(Scope.current()).isSameAs(outer);
        }
    }

    @Test
    void aScopeThatClosesBeforeOneInsideItRefusesToAdopt() {
        try (Scope outermost = Scope.open("outermost")) {
            Scope outer = Scope.open("outer");
            Scope inner = Scope.open("inner");
            Tensor tensor = one();
            outer.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> inner.keep(tensor))
                    .withMessageContaining("scope 'outer' is closed");
            assertThat(tensor.item()).isEqualTo(1);
            inner.close();
            assertThat(Scope.current()).isSameAs(outermost);
        }
    }

    @Test
    void anotherThreadHasScopesOfItsOwn() {
        try (Scope scope = Scope.open("mine")) {
            Tensor tensor = one();
            assertThat(CompletableFuture.supplyAsync(() -> {
                                try (Scope theirs = Scope.open("theirs")) {
                                    return tensor.plus(1).item() + theirs.size();
                                }
                            })
                            .join())
                    .isEqualTo(3);
            assertThat(scope.size()).isEqualTo(1);
        }
    }

    @Test
    void aScopeIsClosedByTheThreadThatOpenedIt() {
        try (Scope scope = Scope.open("mine")) {
            CompletableFuture<Void> theirs = CompletableFuture.runAsync(scope::close);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(theirs::join)
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class)
                    .withMessage("scope 'mine' must be closed by the thread that opened it");
            assertThat(one().item()).isEqualTo(1);
        }
    }

    @Test
    void keepLeavesATensorOfALongerLivedScopeWhereItIs() {
        try (Scope model = Scope.open("model")) {
            Tensor weight = one();
            try (Scope epoch = Scope.open("epoch");
                    Scope step = Scope.open("step")) {
                step.keep(weight);
                assertThat(epoch.size()).isZero();
            }
            assertThat(weight.item()).isEqualTo(1);
            assertThat(model.size()).isEqualTo(1);
        }
    }

    @Test
    void readingATensorLeavesNothingBehind() {
        try (Scope model = Scope.open("model")) {
            Tensor weight = one();
            model.cap();
            assertThat(weight.toFloats()).containsExactly(1);
            assertThat(weight.toHost().toDoubles()).containsExactly(1);
            assertThat(model.size()).isEqualTo(1);
        }
    }
}
