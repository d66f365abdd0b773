package dev.elbo.handbook.toy;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Sentences about one of four places, each of the form "the old farmer feeds the cow in the barn". */
public final class Sentences {
    private static final String[][] WHO = {
        {"farmer", "shepherd", "boy", "girl"},
        {"sailor", "captain", "boy", "girl"},
        {"driver", "guard", "boy", "girl"},
        {"cook", "baker", "boy", "girl"}
    };
    private static final String[][] DOES = {
        {"feeds", "leads", "sees"}, {"steers", "paints", "sees"}, {"stops", "drives", "sees"}, {"cuts", "warms", "sees"}
    };
    private static final String[][] WHAT = {
        {"cow", "horse", "sheep", "goat"},
        {"boat", "ship", "raft", "buoy"},
        {"train", "engine", "tram", "wagon"},
        {"bread", "soup", "cake", "pie"}
    };
    private static final String[][] WHERE = {
        {"in the barn", "on the field"},
        {"at the harbour", "on the sea"},
        {"at the station", "on the bridge"},
        {"in the kitchen", "at the market"}
    };
    private static final String[] HOW = {"old", "young", "tall", "tired"};

    /** One with its end: the old farmer feeds the cow in the barn. */
    private static final int LONGEST = 10;

    private Sentences() {}

    /** So many sentences to learn from, and others to test on. */
    public static DataSource of(int train, int test) {
        List<String> all = sentences(train + test);
        Vocabulary vocabulary =
                Vocabulary.of(all.stream().flatMap(sentence -> Arrays.stream(sentence.split(" ", -1))), 1000, 1);
        DataSpec spec = new DataSpec("sentences", Map.of("text", new Field.Tokens(vocabulary, LONGEST)), "");
        Split split = split(all, vocabulary);
        return new DataSource(spec, split.slice(0, train), Optional.of(split.slice(train, (long) train + test)));
    }

    /** Whether such a sentence can occur, all of it about one place. */
    public static boolean canOccur(String sentence) {
        for (int place = 0; place < WHO.length; place++) {
            String pattern = "the (" + String.join("|", HOW) + ") (" + String.join("|", WHO[place]) + ") ("
                    + String.join("|", DOES[place]) + ") the (" + String.join("|", WHAT[place]) + ") ("
                    + String.join("|", WHERE[place]) + ")";
            if (sentence.matches(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> sentences(int count) {
        Random random = new Random(1);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int place = random.nextInt(WHO.length);
            sentences.add(String.join(
                    " ",
                    "the",
                    one(random, HOW),
                    one(random, WHO[place]),
                    one(random, DOES[place]),
                    "the",
                    one(random, WHAT[place]),
                    one(random, WHERE[place])));
        }
        return sentences;
    }

    private static String one(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static Split split(List<String> sentences, Vocabulary vocabulary) {
        long[] tokens = new long[sentences.size() * LONGEST];
        long[] lengths = new long[sentences.size()];
        for (int i = 0; i < lengths.length; i++) {
            long[] sentence = vocabulary.encode(sentences.get(i));
            System.arraycopy(sentence, 0, tokens, i * LONGEST, sentence.length);
            lengths[i] = sentence.length;
        }
        return new Split(
                Map.of("text", HostArray.of(tokens, lengths.length, LONGEST)),
                Map.of("text", HostArray.of(lengths, lengths.length)),
                Map.of());
    }
}
