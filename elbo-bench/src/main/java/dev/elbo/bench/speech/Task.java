package dev.elbo.bench.speech;

import dev.elbo.tensor.Rng;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * What a speaker is asked to say.
 *
 * @param recordings whose texts and voices it has
 * @param items texts with voices, one after the other
 */
public record Task(Recordings recordings, List<Item> items) {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 7;

    /**
     * A text and who is to say it.
     *
     * @param take another number, another take of the same
     */
    public record Item(List<String> units, String voice, int take) {}

    /** Copies the list. */
    public Task {
        items = List.copyOf(items);
    }

    /** Each text of the recordings that are kept apart, by the voice that says it there, so many times. */
    public static Task ofTexts(Recordings recordings, int takes) {
        Set<Item> items = new LinkedHashSet<>();
        for (int take = 0; take < takes; take++) {
            for (Utterance each : recordings.test().values()) {
                items.add(new Item(each.units(), each.voice(), take));
            }
        }
        return new Task(recordings, List.copyOf(items));
    }

    /** So many strings of two to seven texts, drawn at random, by each voice in turn. */
    public static Task ofStrings(Recordings recordings, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Utterance> test = List.copyOf(recordings.test().values());
        List<String> voices =
                test.stream().map(Utterance::voice).distinct().sorted().toList();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> units = new ArrayList<>();
            int length = random.nextInt(SHORTEST, LONGEST + 1);
            for (int j = 0; j < length; j++) {
                units.addAll(test.get(random.nextInt(test.size())).units());
            }
            items.add(new Item(List.copyOf(units), voices.get(i % voices.size()), 0));
        }
        return new Task(recordings, items);
    }

    /**
     * What a speaker says.
     *
     * @param seed of the first item; the others have seeds that follow from it
     * @param progress told how many items are done
     */
    public List<Spoken> saidBy(Speaker speaker, double temperature, long seed, IntConsumer progress) {
        List<Spoken> said = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String text = recordings.text(item.units);
            String name = "said: " + text + ", " + item.voice + ", take " + item.take;
            said.add(Spoken.of(
                    name,
                    item.units,
                    item.voice,
                    speaker.say(text, item.voice, temperature, Rng.seedOf(seed, i)),
                    recordings.analysis()));
            progress.accept(i + 1);
        }
        return said;
    }
}
