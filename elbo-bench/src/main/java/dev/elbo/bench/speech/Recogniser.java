package dev.elbo.bench.speech;

import dev.elbo.nn.BothWays;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hears what is said: log-mel frames to words, characters or phones. Convolutions, a GRU in each direction, and a distribution over units
 * and the blank at each step; it learns by connectionist temporal classification (Graves et al. 2006), so that nobody has to say when a
 * unit is spoken.
 *
 * @param head [..., 2 H] to logits [..., C]
 */
public record Recogniser(Ear ear, Dropout dropout, BothWays reader, Linear head, Units units) implements Module {
    private static final double DROPOUT = 0.2;
    private static final int AT_ONCE = 32;

    /**
     * With initial weights.
     *
     * @param fewer how many frames become a step: 2 or 4
     */
    static Recogniser of(Units units, int bands, int fewer, int hidden, Initializer initial) {
        return new Recogniser(
                Ear.of(bands, fewer, hidden, initial),
                new Dropout(DROPOUT),
                BothWays.gru(hidden, hidden, initial),
                Linear.of(2L * hidden, units.classes(), initial),
                units);
    }

    /** Whether an utterance has as many steps as its units need. */
    boolean fits(Utterance utterance) {
        return ear.steps(utterance.length()) >= Units.steps(utterance.units());
    }

    /** log p(class) at each step, [B, T', C]. */
    private Tensor logProbs(Padded clips, Pass pass) {
        Tensor heard = dropout.forward(ear.forward(clips, pass), pass);
        Tensor isThere = Padded.isThere(ear.steps(clips.lengths()), heard.size(1));
        Tensor states = reader.read(heard, isThere, pass);
        return head.forward(dropout.forward(states, pass), pass).logSoftmax(-1);
    }

    /** −log p(units | frames) of each utterance, in nats, [B]; infinite of one that does not {@link #fits fit}. */
    Tensor loss(List<Utterance> utterances, Pass pass) {
        Padded clips = Padded.of(utterances.stream().map(Utterance::frames).toList());
        List<List<String>> said = utterances.stream().map(Utterance::units).toList();
        return loss(logProbs(clips, pass), ear.steps(clips.lengths()), said);
    }

    private Tensor loss(Tensor logProbs, Tensor steps, List<List<String>> said) {
        int longest = Math.max(1, said.stream().mapToInt(List::size).max().orElseThrow());
        long[] targets = new long[said.size() * longest];
        long[] lengths = new long[said.size()];
        for (int i = 0; i < lengths.length; i++) {
            long[] numbers = units.numbers(said.get(i));
            System.arraycopy(numbers, 0, targets, i * longest, numbers.length);
            lengths[i] = numbers.length;
        }
        return Functional.ctcLoss(
                logProbs.transpose(0, 1),
                Tensor.of(targets, lengths.length, longest),
                steps,
                Tensor.of(lengths, lengths.length));
    }

    /** The transcripts of clips, FLOAT32 [T, M] each, by the most probable class of each step. */
    public List<Transcript> transcribe(List<HostArray> clips) {
        List<Transcript> heard = new ArrayList<>();
        for (int from = 0; from < clips.size(); from += AT_ONCE) {
            heard.addAll(some(clips.subList(from, Math.min(clips.size(), from + AT_ONCE))));
        }
        return heard;
    }

    private List<Transcript> some(List<HostArray> clips) {
        try (Scope scope = Scope.open("transcribe");
                Inference use = Inference.begin()) {
            Padded padded = Padded.of(clips);
            Tensor steps = ear.steps(padded.lengths());
            Tensor logProbs = logProbs(padded, Pass.deterministic());
            List<List<String>> written =
                    written(logProbs.argmax(-1).toHost(), steps.toHost().toLongs());
            double[] nats = loss(logProbs, steps, written).toHost().toDoubles();
            List<Transcript> heard = new ArrayList<>();
            for (int i = 0; i < nats.length; i++) {
                heard.add(new Transcript(written.get(i), Math.exp(-nats[i])));
            }
            return heard;
        }
    }

    private List<List<String>> written(HostArray classes, long[] steps) {
        List<List<String>> written = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            long[] row = classes.rows(i, i + 1).toLongs();
            written.add(units.bestPath(Arrays.copyOf(row, Math.toIntExact(steps[i]))));
        }
        return written;
    }

    /**
     * For each clip, FLOAT32 [T, M], the likeliest of some texts, max p(text | frames), where nothing else can have been said.
     *
     * @param texts of the recogniser's units
     */
    List<Transcript> choose(List<HostArray> clips, List<List<String>> texts) {
        List<Transcript> chosen = new ArrayList<>();
        for (HostArray clip : clips) {
            try (Scope scope = Scope.open("choose");
                    Inference use = Inference.begin()) {
                Padded padded = Padded.of(List.of(clip));
                long[] steps = new long[texts.size()];
                Arrays.fill(steps, ear.steps(padded.lengths()).toHost().toLongs()[0]);
                Tensor logProbs = logProbs(padded, Pass.deterministic());
                Tensor each = logProbs.expand(logProbs.shape().last(2).prepend(texts.size()));
                double[] nats = loss(each, Tensor.of(steps, steps.length), texts)
                        .toHost()
                        .toDoubles();
                int best = IntStream.range(0, nats.length)
                        .boxed()
                        .min(Comparator.comparingDouble(i -> nats[i]))
                        .orElseThrow();
                chosen.add(new Transcript(texts.get(best), Math.exp(-nats[best])));
            }
        }
        return chosen;
    }

    /** How often it mishears utterances. */
    public ErrorRate errors(List<Utterance> utterances) {
        return ErrorRate.of(units(utterances), heard(utterances, List.of()));
    }

    /** The units that the recogniser hears in each utterance: one of the texts, or whatever it is where there are none. */
    List<List<String>> heard(List<Utterance> utterances, List<List<String>> texts) {
        List<HostArray> frames = utterances.stream().map(Utterance::frames).toList();
        return (texts.isEmpty() ? transcribe(frames) : choose(frames, texts))
                .stream().map(Transcript::units).toList();
    }

    private static List<List<String>> units(List<Utterance> utterances) {
        return utterances.stream().map(Utterance::units).toList();
    }

    /** An initialiser of this seed. */
    static Initializer initial(long seed) {
        return new Initializer(Rng.seeded(seed, Device.CPU), Device.CPU);
    }
}
