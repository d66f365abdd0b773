package dev.elbo.bench.text;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * An exchange: the answers that one context of a dialogue was given, and those of a model.
 *
 * @param asked the words of the context's last turn; of a pair, those of its source
 * @param references the words of each answer that people gave, mostly one
 * @param answers the words of each answer that the model gave
 */
public record Exchange(List<String> asked, List<List<String>> references, List<List<String>> answers) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there is no reference or no answer
     */
    public Exchange {
        asked = List.copyOf(asked);
        references = List.copyOf(references);
        answers = List.copyOf(answers);
        if (references.isEmpty() || answers.isEmpty()) {
            throw new IllegalArgumentException("answers are compared with references: there are " + answers.size()
                    + " answers and " + references.size() + " references");
        }
    }

    /** Each answer compared with each reference: [answers][references]. */
    <T> List<List<T>> compared(BiFunction<List<String>, List<String>, T> comparison) {
        return answers.stream()
                .map(answer -> references.stream()
                        .map(reference -> comparison.apply(answer, reference))
                        .toList())
                .toList();
    }

    /**
     * Whether there is an answer near each reference: Σⱼ maxᵢ s(hᵢ, rⱼ) / M. Zhao et al. (2017), section 5.2.
     *
     * @param compared [answers][references]
     */
    static <T> double recall(List<List<T>> compared, ToDoubleFunction<T> similarity) {
        double sum = 0;
        int references = compared.get(0).size();
        for (int j = 0; j < references; j++) {
            int reference = j;
            sum += compared.stream()
                    .mapToDouble(answer -> similarity.applyAsDouble(answer.get(reference)))
                    .max()
                    .orElseThrow();
        }
        return sum / references;
    }

    /**
     * Whether each answer is near a reference: Σᵢ maxⱼ s(hᵢ, rⱼ) / N.
     *
     * @param compared [answers][references]
     */
    static <T> double precision(List<List<T>> compared, ToDoubleFunction<T> similarity) {
        return compared.stream()
                .mapToDouble(
                        answer -> answer.stream().mapToDouble(similarity).max().orElseThrow())
                .average()
                .orElseThrow();
    }
}
