package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How tokens are chosen when a sequence is written.
 *
 * @param temperature T: tokens are drawn from p^(1/T); 0 takes the likeliest one each time
 * @param top draws among so many of the likeliest tokens (Fan et al. 2018, section 5.4); 0 for all
 * @param nucleus draws among the likeliest tokens that have this probability together (Holtzman et al. 2020, section 3.1); 1 for all
 * @param beam how many beginnings are kept at each step, of which the likeliest whole sequence is taken: 1 keeps one. A beam does
 *     not draw
 * @param lengthPenalty α of a beam, whose sequences compete by log p / Tᵅ, T tokens long; 0 by log p, which prefers short ones
 * @param noRepeat no run of so many tokens is written twice in a sequence; 0 to allow it
 * @param first the tokens that every sequence begins with
 */
public record Writing(
        double temperature, int top, double nucleus, int beam, double lengthPenalty, int noRepeat, List<Long> first) {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** All tokens are as likely as each other long before. */
    private static final double HOTTEST = 1e6;

    /** Below, the likeliest token is the only one, and scores over the temperature leave the range of FLOAT32. */
    private static final double COLDEST = 1e-6;

    private static final double LARGEST_PENALTY = 10;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the number that is out of its range
     */
    public Writing {
        first = List.copyOf(first);
        if (!(temperature >= 0 && temperature <= HOTTEST)) {
            throw new IllegalArgumentException("a temperature is from 0 to 1,000,000; got " + temperature);
        }
        if (top < 0 || noRepeat < 0) {
            throw new IllegalArgumentException(
                    "numbers of tokens are 0 or more; got top " + top + " and noRepeat " + noRepeat);
        }
        if (!(nucleus > 0 && nucleus <= 1)) {
            throw new IllegalArgumentException("a nucleus has a probability above 0, up to 1; got " + nucleus);
        }
        if (beam < 1) {
            throw new IllegalArgumentException("a beam keeps 1 beginning or more; got " + beam);
        }
        if (!(lengthPenalty >= 0 && lengthPenalty <= LARGEST_PENALTY)) {
            throw new IllegalArgumentException("a length penalty is from 0 to 10; got " + lengthPenalty);
        }
    }

    /**
     * Without given tokens to begin with.
     *
     * @throws IllegalArgumentException naming the number that is out of its range
     */
    public Writing(double temperature, int top, double nucleus, int beam, int noRepeat) {
        this(temperature, top, nucleus, beam, 0, noRepeat, List.of());
    }

    /** The same, of sequences that begin with these tokens. */
    public Writing beginning(List<Long> tokens) {
        return new Writing(temperature, top, nucleus, beam, lengthPenalty, noRepeat, tokens);
    }

    /** The same, whose beam prefers longer sequences. */
    public Writing penalised(double penalty) {
        return new Writing(temperature, top, nucleus, beam, penalty, noRepeat, first);
    }

    /** The likeliest token each time. */
    public static Writing greedy() {
        return new Writing(0, 0, 1, 1, 0);
    }

    /** Tokens drawn at a temperature. */
    public static Writing sampled(double temperature) {
        return new Writing(temperature, 0, 1, 1, 0);
    }

    /** The likeliest sequence that a beam of this width finds. */
    public static Writing beam(int width) {
        return new Writing(0, 0, 1, width, 0);
    }

    /**
     * Writes sequences.
     *
     * @param rows N, how many
     * @param begin the token before the first
     * @param end the token that ends a sequence; 0 stands behind it
     * @param longest the number of tokens of the longest sequence, its end included
     * @return INT64 [N, longest]
     */
    public Tensor write(Writer writer, long rows, long begin, long end, int longest, Device device, Rng rng) {
        try (GradientMode off = GradientMode.off();
                Scope writing = Scope.open("writing")) {
            Tensor tokens = beam > 1
                    ? searched(writer, rows, begin, end, longest, device)
                    : drawn(writer, rows, begin, end, longest, device, rng);
            long left = longest - tokens.size(1);
            return writing.keep(left == 0 ? tokens : tokens.pad(1, 0, left, 0));
        }
    }

    private Tensor drawn(Writer writer, long rows, long begin, long end, int longest, Device device, Rng rng) {
        Writer.Memory memory = writer.begin();
        Tensor token = filled(begin, device, rows);
        Tensor goesOn = token.atLeast(0);
        List<Tensor> sequence = new ArrayList<>();
        for (int t = 0; t < longest && isTrueOfAny(goesOn); t++) {
            try (Scope step = Scope.open("token")) {
                Writer.Next next = writer.next(memory, token, t);
                Tensor scores = permitted(next.scores(), sequence);
                token = step.keep(goesOn.where(chosen(scores, rng), token.zerosLike()));
                goesOn = step.keep(goesOn.and(token.equalTo((double) end).not()));
                memory = next.memory().kept(step);
            }
            sequence.add(token);
        }
        return Tensor.stack(1, sequence.toArray(Tensor[]::new));
    }

    /** A token of each row: INT64 [N]. */
    private Tensor chosen(Tensor scores, Rng rng) {
        if (temperature < COLDEST) {
            return scores.argmax(-1);
        }
        Tensor among = amongNucleus(amongTop(scores.over(temperature)));
        return new Categorical(among, 0).sample(1, rng).squeeze(0);
    }

    private Tensor amongTop(Tensor scores) {
        if (top == 0 || top >= scores.size(-1)) {
            return scores;
        }
        Tensor least = scores.topk(top, -1).values().narrow(-1, top - 1L, 1);
        return scores.maskedFill(scores.lessThan(least), NEVER);
    }

    /** The likeliest token always stays: what counts is the probability of those before a token. */
    private Tensor amongNucleus(Tensor scores) {
        if (nucleus == 1) {
            return scores;
        }
        Tensor ordered = scores.sort(-1, true).values();
        Tensor probabilities = ordered.softmax(-1);
        Tensor before = probabilities.cumsum(-1).minus(probabilities);
        Tensor least = before.lessThan(nucleus)
                .where(ordered, ordered.zerosLike().plus(Double.POSITIVE_INFINITY))
                .min(-1)
                .unsqueeze(-1);
        return scores.maskedFill(scores.lessThan(least), NEVER);
    }

    private Tensor searched(Writer writer, long rows, long begin, long end, int longest, Device device) {
        Tensor copies = Tensor.arange(rows, device).repeatInterleave(0, beam);
        Beam kept = Beam.first(writer.begin().select(copies), begin, rows, beam, device);
        for (int t = 0; t < longest && isTrueOfAny(kept.goesOn()); t++) {
            try (Scope step = Scope.open("token")) {
                Writer.Next next = writer.next(kept.memory(), kept.last(begin), t);
                Tensor scores = permitted(next.scores(), columns(kept.sequences()));
                kept = kept.followed(scores, next.memory(), end, lengthPenalty).kept(step);
            }
        }
        return kept.likeliest();
    }

    /** Scores of −∞ for all tokens but those that may follow a sequence. */
    private Tensor permitted(Tensor scores, List<Tensor> sequence) {
        int place = sequence.size();
        if (place >= first.size()) {
            return withoutRepeats(scores, sequence);
        }
        Tensor isOther = Tensor.arange(scores.size(-1), scores.device())
                .equalTo((double) first.get(place))
                .not();
        return scores.zerosLike().maskedFill(isOther, NEVER);
    }

    /** Scores of −∞ for each token that would end a run of {@code noRepeat} tokens that its sequence already has. */
    private Tensor withoutRepeats(Tensor scores, List<Tensor> sequence) {
        int length = sequence.size();
        if (noRepeat == 0 || length < noRepeat) {
            return scores;
        }
        int rows = (int) scores.size(0);
        int vocabulary = (int) scores.size(1);
        long[][] written =
                sequence.stream().map(column -> column.toHost().toLongs()).toArray(long[][]::new);
        float[] forbidden = new float[rows * vocabulary];
        for (int row = 0; row < rows; row++) {
            for (int at = 0; at + noRepeat <= length; at++) {
                if (isRepeated(written, row, at, length)) {
                    forbidden[row * vocabulary + (int) written[at + noRepeat - 1][row]] = 1;
                }
            }
        }
        Tensor mask = Tensor.of(HostArray.of(forbidden, rows, vocabulary), scores.device());
        return scores.maskedFill(mask.greaterThan(0), NEVER);
    }

    /** Whether what was written last is, but for one more token, the run that begins at a place. */
    private boolean isRepeated(long[][] written, int row, int at, int length) {
        for (int i = 0; i < noRepeat - 1; i++) {
            if (written[at + i][row] != written[length - noRepeat + 1 + i][row]) {
                return false;
            }
        }
        return true;
    }

    private static List<Tensor> columns(Tensor sequences) {
        Tensor[] columns = new Tensor[(int) sequences.size(1)];
        Arrays.setAll(columns, t -> sequences.get(1, t));
        return List.of(columns);
    }

    private static Tensor filled(long value, Device device, long rows) {
        return Tensor.zeros(DType.INT64, device, Shape.of(rows))
                .plus((double) value)
                .to(DType.INT64);
    }

    private static boolean isTrueOfAny(Tensor rows) {
        return rows.to(DType.FLOAT32).max().item() > 0;
    }
}
