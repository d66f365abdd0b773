package dev.elbo.bench.text;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * What was answered to one context of a dialogue, and what a model answers.
 *
 * @param references the words of each answer that people gave, mostly one
 * @param answers the words of each answer that the model gave
 */
public record Exchange(List<List<String>> references, List<List<String>> answers) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there is no reference or no answer
     */
    public Exchange {
        references = List.copyOf(references);
        answers = List.copyOf(answers);
        if (references.isEmpty() || answers.isEmpty()) {
            throw new IllegalArgumentException("answers are compared with references: there are " + answers.size()
                    + " answers and " + references.size() + " references");
        }
    }

    /** Whether there is an answer near each reference: Σⱼ maxᵢ s(hᵢ, rⱼ) / M. Zhao et al. (2017), section 5.2. */
    double recall(ToDoubleBiFunction<List<String>, List<String>> similarity) {
        return references.stream()
                .mapToDouble(reference -> answers.stream()
                        .mapToDouble(answer -> similarity.applyAsDouble(answer, reference))
                        .max()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    /** Whether each answer is near a reference: Σᵢ maxⱼ s(hᵢ, rⱼ) / N. */
    double precision(ToDoubleBiFunction<List<String>, List<String>> similarity) {
        return answers.stream()
                .mapToDouble(answer -> references.stream()
                        .mapToDouble(reference -> similarity.applyAsDouble(answer, reference))
                        .max()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }
}
