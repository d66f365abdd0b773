package dev.elbo.exhibit;

import dev.elbo.figure.ImageGrid;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What latents drawn from the prior become.
 *
 * @param given values of conditions by field, as the data name them; those that are not given take turns
 * @param temperature of every latent's prior
 */
public record Samples(int count, Map<String, String> given, double temperature, long seed) implements Exhibit {
    private static final int MOST_COLUMNS = 20;

    /** So many, of all conditions in turn. */
    public static Samples of(int count, long seed) {
        return new Samples(count, Map.of(), 1, seed);
    }

    @Override
    public String name() {
        return "samples";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        return new Conditions(showing).obstacle(given);
    }

    @Override
    public Piece of(Showing showing) {
        Conditions conditions = new Conditions(showing);
        Map<String, HostArray> values = conditions.of(given, count);
        Shown made = made(showing, values);
        List<String> open = conditions.names().stream()
                .filter(name ->
                        !given.containsKey(name) && !showing.classes(name).isEmpty())
                .toList();
        List<String> turns = open.size() == 1 ? showing.classes(open.get(0)) : List.of();
        if (turns.isEmpty() || turns.size() > MOST_COLUMNS || made instanceof Shown.Text) {
            List<String> texts = conditions.texts(values);
            int columns = texts.isEmpty()
                    ? made.pictures().map(ImageGrid::fittingColumns).orElse(1)
                    : 1; // each beside what it was given
            return new Sheet(made, columns, caption()).rows(texts).piece();
        }
        int columns = Math.min(count, turns.size()); // they take turns: one in each column
        return new Sheet(made, columns, caption())
                .columns(turns.subList(0, columns))
                .piece();
    }

    /** The samples themselves. */
    public Shown shown(Showing showing) {
        return made(showing, new Conditions(showing).of(given, count));
    }

    private Shown made(Showing showing, Map<String, HostArray> values) {
        return showing.shown(showing.generator().samples(count, values, temperature, seed));
    }

    /**
     * The same samples for other programs.
     *
     * @throws IllegalArgumentException if what is given is not there
     */
    public SampleFiles files(Showing showing) {
        Map<String, HostArray> values = new Conditions(showing).of(given, count);
        Map<String, List<String>> classes = new LinkedHashMap<>();
        values.keySet().forEach(name -> classes.put(name, showing.classes(name)));
        return new SampleFiles(made(showing, values), values, classes);
    }

    private String caption() {
        List<String> facts = new ArrayList<>();
        given.forEach((name, value) -> facts.add(name + " " + value));
        facts.add("temperature " + temperature);
        facts.add("seed " + seed);
        return String.join(", ", facts);
    }
}
