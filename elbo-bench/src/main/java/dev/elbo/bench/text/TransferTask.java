package dev.elbo.bench.text;

import dev.elbo.option.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sentences that are to be said again in another style.
 *
 * @param given sentences of all styles
 * @param rows those of them that are said again, by their numbers
 * @param asked the style of each of these that is written, by its number
 */
public record TransferTask(StyledSentences given, List<Integer> rows, List<Integer> asked) {
    /** Copies the lists. */
    public TransferTask {
        rows = List.copyOf(rows);
        asked = List.copyOf(asked);
    }

    /**
     * The task of writing one style, without the sentences that have it; or of two the other one.
     *
     * @param to the style's name
     * @throws IllegalArgumentException if there is no such style, or none is named and there are not two
     */
    public static TransferTask of(StyledSentences given, Optional<String> to) {
        List<String> names = given.names();
        if (to.isEmpty() && names.size() != 2) {
            throw new IllegalArgumentException("the styles are " + names + ": say with --to which one is written");
        }
        int target = to.map(name -> number(name, names)).orElse(-1);
        List<Integer> rows = IntStream.range(0, given.size())
                .filter(i -> given.styles().get(i) != target)
                .boxed()
                .toList();
        return new TransferTask(
                given,
                rows,
                rows.stream()
                        .map(i -> target < 0 ? 1 - given.styles().get(i) : target)
                        .toList());
    }

    private static int number(String name, List<String> names) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("--to: " + NearestName.message("style", name, names));
        }
        return number;
    }

    /** The words of each sentence that is said again. */
    public List<List<String>> sources() {
        return of(given.sentences());
    }

    /** The members of a list with one for each given sentence that belong to sentences said again. */
    public <T> List<T> of(List<T> things) {
        return rows.stream().map(things::get).toList();
    }
}
