package dev.elbo.cli;

import dev.elbo.generate.Texts;
import java.util.List;

/** Words that a model was not trained on. */
final class Unknown {
    private Unknown() {}

    /** Says which words of sentences are read as unknown. */
    static void note(Texts texts, List<String> sentences, Console console) {
        List<String> words = sentences.stream()
                .flatMap(sentence -> texts.unknown(sentence).stream())
                .distinct()
                .toList();
        if (!words.isEmpty()) {
            console.note("not in the model's vocabulary, read as <unk>: " + String.join(" ", words));
        }
    }
}
