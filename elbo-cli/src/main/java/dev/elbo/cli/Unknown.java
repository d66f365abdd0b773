package dev.elbo.cli;

import dev.elbo.generate.Texts;
import java.util.List;
import java.util.Locale;

/** Words that a model was not trained on. */
final class Unknown {
    private static final int SHOWN = 20;

    private Unknown() {}

    /** Says which words of sentences are read as unknown. */
    static void note(Texts texts, List<String> sentences, Console console) {
        List<String> words = sentences.stream()
                .flatMap(sentence -> texts.unknown(sentence).stream())
                .distinct()
                .toList();
        if (!words.isEmpty()) {
            int more = words.size() - SHOWN;
            console.note("not in the model's vocabulary, read as <unk>: "
                    + String.join(" ", words.subList(0, Math.min(SHOWN, words.size())))
                    + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : ""));
        }
    }
}
