package dev.elbo.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.InAScope;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Writing;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.DialogueCvaeRecipe;
import dev.elbo.recipe.HredRecipe;
import dev.elbo.recipe.LatentStyleVaeRecipe;
import dev.elbo.recipe.LmRecipe;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.SentenceVaeRecipe;
import dev.elbo.recipe.StyleVaeRecipe;
import dev.elbo.recipe.SuitedData;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What models that have learned nothing write. */
@ExtendWith(InAScope.class)
class TextsTest {
    private static final List<String> TWO = List.of("the cat sees a dog", "my old friend likes the cat");
    private static final Writing GREEDY = Writing.greedy();

    private static Texts of(Recipe recipe) {
        DataSpec spec = SuitedData.dialogues(9).spec();
        return new Texts(
                recipe.compose(spec, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                        .model(),
                "text",
                (Field.Tokens) spec.field("text"),
                Optional.of((Field.Tokens) spec.field("context")),
                List.of("who", "whom"),
                Device.CPU);
    }

    @Test
    void eachSentenceIsSaidAgainByItselfAndTheSameEachTime() {
        Texts texts = of(new StyleVaeRecipe());
        List<String> both = texts.transferred(TWO, new long[] {0, 0}, 1, GREEDY, 1);

        assertThat(both).hasSize(2).isEqualTo(texts.transferred(TWO, new long[] {0, 0}, 1, GREEDY, 2));
        assertThat(texts.transferred(TWO.subList(1, 2), new long[] {0}, 1, GREEDY, 1))
                .isEqualTo(both.subList(1, 2));
    }

    @Test
    void sentencesAreWrittenInAStyle() {
        Map<String, HostArray> styles = Map.of("label", HostArray.of(new long[] {0, 1, 0}, 3));

        assertThat(of(new StyleVaeRecipe()).samples(3, styles, 1, Writing.sampled(1), 1))
                .hasSize(3);
    }

    @Test
    void aContextHasAsManyAnswersAsAreAskedFor() {
        List<List<String>> contexts =
                List.of(List.of("a dog sees the cat", "the cat likes a dog"), List.of("the cat sees a dog"));
        Writing drawn = Writing.sampled(1);

        assertThat(of(new DialogueCvaeRecipe()).answers(contexts, Map.of(), 3, drawn, 1))
                .hasSize(2)
                .allMatch(answers -> answers.size() == 3);
        assertThat(of(new HredRecipe()).answers(contexts, Map.of(), 3, drawn, 1))
                .hasSize(2);
    }

    @Test
    void turnsLongAgoAreLeftOutAndTheLastMustBeReadable() {
        Texts texts = of(new HredRecipe());
        String turn = "my old friend often forgets the cat"; // eight tokens of twenty

        assertThat(texts.answers(List.of(List.of("a dog sees the cat", turn, turn)), Map.of(), 1, GREEDY, 1))
                .isEqualTo(texts.answers(List.of(List.of("the cat likes a dog", turn, turn)), Map.of(), 1, GREEDY, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts.answers(List.of(List.of(turn, " ")), Map.of(), 1, GREEDY, 1))
                .withMessageContaining("no word");
    }

    @Test
    void aLanguageModelWritesAsManyAsAreAskedFor() {
        assertThat(of(new LmRecipe()).samples(4, Map.of(), 1, Writing.sampled(1), 1))
                .hasSize(4);
    }

    @Test
    void sentencesComeBackAndLeadFromOneToAnother() {
        Texts texts = of(new SentenceVaeRecipe());
        List<String> again = texts.reconstructions(TWO, GREEDY, 1);
        List<String> between = texts.between(TWO.get(0), TWO.get(1), 5, false, GREEDY, 1);

        assertThat(between).hasSize(5).startsWith(again.get(0)).endsWith(again.get(1));
    }

    @Test
    void unknownWordsAreNamedInTheirOrder() {
        assertThat(of(new LmRecipe()).unknown("The zebra sees a gnu")).containsExactly("zebra", "gnu");
    }

    @Test
    void aSentenceOfUnknownWordsAloneIsSaidAgain() {
        assertThat(of(new StyleVaeRecipe()).transferred(List.of("zebra gnu"), new long[] {0}, 1, GREEDY, 1))
                .hasSize(1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        Texts texts = of(new SentenceVaeRecipe());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts.requireReadable(List.of("the cat", " ")))
                .withMessage("' ' has no word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts.codes(List.of("a ".repeat(10))))
                .withMessageStartingWith(
                        "a sentence of 10 words is too long: the model was trained on sentences of up to 9");
    }

    @Test
    void whatTheModelCannotDoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new LmRecipe()).reconstructions(TWO, GREEDY, 1))
                .withMessageStartingWith("the model has no latent variable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new StyleVaeRecipe()).reconstructions(TWO, GREEDY, 1))
                .withMessageStartingWith("the model writes given label");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new StyleVaeRecipe()).between("a", "a", 2, true, GREEDY, 1))
                .withMessageStartingWith("the model writes given label");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new SentenceVaeRecipe()).transferred(TWO, new long[] {0, 0}, 1, GREEDY, 1))
                .withMessage("the model does not tell styles apart; train style-vae or latent-style-vae");
    }

    @Test
    void aModelOfStyleAndContentReadsSentencesAloneAndSaysThemAgain() {
        Texts texts = of(new LatentStyleVaeRecipe());
        List<String> again = texts.reconstructions(TWO, GREEDY, 1);

        assertThat(texts.codes(TWO).shape().sizes()).containsExactly(2, 8 + 128);
        assertThat(texts.between(TWO.get(0), TWO.get(1), 3, false, GREEDY, 1))
                .hasSize(3)
                .startsWith(again.get(0))
                .endsWith(again.get(1));
        assertThat(texts.samples(2, Map.of(), 1, Writing.sampled(1), 1)).hasSize(2);
        assertThat(texts.transferred(TWO, new long[] {0, 0}, 1, GREEDY, 1))
                .hasSize(2)
                .isEqualTo(texts.transferred(TWO, new long[] {0, 0}, 1, GREEDY, 2));
    }
}
