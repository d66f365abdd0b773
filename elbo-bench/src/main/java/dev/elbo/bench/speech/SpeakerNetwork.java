package dev.elbo.bench.speech;

import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hears who speaks: log-mel frames to a vector of length 1, near to that of the same voice. Convolutions, mean and standard deviation over
 * time (Snyder et al. 2018), a linear map; it learns to tell its voices apart by the cosines of the vector with one for each of them, of
 * which the right one must be larger by a margin (Wang et al. 2018, eq. 6).
 *
 * @param embedding [..., 2 H] to the vector, [..., E]
 * @param centres a vector for each voice, [V, E]; their lengths do not matter
 * @param voices what the voices are called, by number
 */
public record SpeakerNetwork(
        Ear ear, Linear inner, Dropout dropout, Linear embedding, Tensor centres, List<String> voices)
        implements Module {
    private static final double DROPOUT = 0.2;
    private static final double SCALE = 15; // s: 30 for thousands of voices; the fewer they are, the smaller suffices
    private static final double MARGIN = 0.2; // m
    private static final double LEAST_VARIANCE = 1e-5; // whose root still has a gradient
    private static final int SIZE = 64;
    private static final int FEWER = 4;
    private static final int AT_ONCE = 32;

    /**
     * Copies the names.
     *
     * @throws IllegalArgumentException if there are not two voices
     */
    public SpeakerNetwork {
        voices = List.copyOf(voices);
        if (voices.size() < 2) {
            throw new IllegalArgumentException(
                    "a network of speakers tells two voices or more apart; the recordings have " + voices);
        }
    }

    /** With initial weights. */
    static SpeakerNetwork of(List<String> voices, int bands, int hidden, Initializer initial) {
        return new SpeakerNetwork(
                Ear.of(bands, FEWER, hidden, initial),
                Linear.of(hidden, hidden, initial),
                new Dropout(DROPOUT),
                Linear.of(2L * hidden, SIZE, initial),
                initial.normal(1, voices.size(), SIZE),
                voices);
    }

    /** The number of a voice. */
    private long number(String voice) {
        int number = voices.indexOf(voice);
        if (number < 0) {
            throw new IllegalArgumentException(
                    "the network of speakers knows no voice '" + voice + "'; it knows " + voices);
        }
        return number;
    }

    /** Vectors of length 1, [B, E]. */
    private Tensor vectors(Padded clips, Pass pass) {
        Tensor heard = inner.forward(ear.forward(clips, pass), pass).relu(); // [B, T', H]
        Tensor steps = ear.steps(clips.lengths());
        Tensor isThere = Padded.isThere(steps, heard.size(1)).to(heard.dtype()).unsqueeze(-1);
        Tensor count = steps.to(heard.dtype()).unsqueeze(-1); // [B, 1]
        Tensor mean = heard.times(isThere).sum(1).over(count);
        Tensor squares = heard.minus(mean.unsqueeze(1)).square().times(isThere);
        Tensor deviation = squares.sum(1).over(count).plus(LEAST_VARIANCE).sqrt();
        return unit(embedding.forward(dropout.forward(Tensor.cat(-1, mean, deviation), pass), pass));
    }

    private static Tensor unit(Tensor vectors) {
        return vectors.over(
                vectors.square().sum(-1).plus(1e-12).sqrt().unsqueeze(-1)); // a vector of zeros has no direction
    }

    /** cos θ of each vector with each voice's, [B, V]. */
    private Tensor cosines(Tensor vectors) {
        return vectors.matmul(unit(centres).transpose(0, 1));
    }

    /** −log p(voice | frames) of each utterance with the margin, in nats: [B]. */
    Tensor loss(List<Utterance> utterances, Pass pass) {
        Padded clips = Padded.of(utterances.stream().map(Utterance::frames).toList());
        long[] numbers =
                utterances.stream().mapToLong(each -> number(each.voice())).toArray();
        Tensor voice = Tensor.of(numbers, numbers.length);
        Tensor cosines = cosines(vectors(clips, pass));
        Tensor logits = cosines.minus(voice.oneHot(voices.size()).times(MARGIN)).times(SCALE);
        return Functional.categoricalLogProb(logits, voice).negate();
    }

    /** The vectors of clips, FLOAT32 [T, M] each: [N][E]. */
    public List<double[]> vectors(List<HostArray> clips) {
        List<double[]> vectors = new ArrayList<>();
        for (int from = 0; from < clips.size(); from += AT_ONCE) {
            try (Scope scope = Scope.open("speakers");
                    Inference use = Inference.begin()) {
                Padded some = Padded.of(clips.subList(from, Math.min(clips.size(), from + AT_ONCE)));
                double[] flat = vectors(some, Pass.deterministic()).toHost().toDoubles();
                for (int i = 0; i < flat.length; i += SIZE) {
                    vectors.add(Arrays.copyOfRange(flat, i, i + SIZE));
                }
            }
        }
        return vectors;
    }

    /** How probable each voice is, by its number, of vectors. */
    public List<double[]> probabilities(List<double[]> vectors) {
        try (Scope scope = Scope.open("voices");
                Inference use = Inference.begin()) {
            double[] flat = vectors.stream().flatMapToDouble(Arrays::stream).toArray();
            Tensor all = Tensor.of(HostArray.of(flat, vectors.size(), SIZE), centres.device())
                    .to(centres.dtype());
            double[] p = cosines(all).times(SCALE).softmax(-1).toHost().toDoubles();
            List<double[]> rows = new ArrayList<>();
            for (int i = 0; i < p.length; i += voices.size()) {
                rows.add(Arrays.copyOfRange(p, i, i + voices.size()));
            }
            return rows;
        }
    }

    /** The most probable voice of each clip. */
    public List<String> recognise(List<HostArray> clips) {
        return probabilities(vectors(clips)).stream().map(this::likeliest).toList();
    }

    private String likeliest(double... probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return voices.get(best);
    }

    /** The share of utterances that are taken for the voice asked for. */
    public double accuracy(List<Utterance> utterances) {
        List<String> heard =
                recognise(utterances.stream().map(Utterance::frames).toList());
        int right = 0;
        for (int i = 0; i < heard.size(); i++) {
            right += heard.get(i).equals(utterances.get(i).voice()) ? 1 : 0;
        }
        return (double) right / heard.size();
    }
}
