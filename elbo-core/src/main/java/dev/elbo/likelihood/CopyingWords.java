package dev.elbo.likelihood;

import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * Words said by one who looks at the words of another sentence (Luong et al. 2015, eq. 7 and 8), and may copy one of them: with
 * probability g it is a word of the vocabulary, and else the word that is looked at (See et al. 2017, eq. 9).
 *
 * @param query from a state to what it looks for among the words of the source
 * @param joined from a state and what it saw to what is said
 * @param words to the scores of all words
 * @param gate to the log-odds of g
 */
public record CopyingWords(Linear query, Linear joined, Linear words, Linear gate) implements WordHead {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** Keeps the logarithm of a probability from −∞. */
    private static final double TINY = 1e-12;

    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param hidden units of a state
     * @param source dimensions of the states of the source's words
     */
    public static CopyingWords of(long count, long hidden, long source, Initializer initial) {
        return new CopyingWords(
                Linear.of(hidden, source, initial),
                Linear.of(hidden + source, hidden, initial),
                Linear.of(hidden, count, initial),
                Linear.of(hidden, 1, initial));
    }

    /**
     * The parts of what comes next.
     *
     * @param scores of all words, [N, T, V]
     * @param looks the share of each word of the source, [N, T, S]
     * @param fresh log g, [N, T, 1]
     * @param copied log (1 − g), [N, T, 1]
     */
    private record Said(Tensor scores, Tensor looks, Tensor fresh, Tensor copied) {}

    /** log Σ over ways to say each token, log(g p(xₜ) + (1 − g) Σ_{s: c_s = xₜ} aₛ). */
    @Override
    public Tensor logProb(Tensor states, Tensor tokens, Known known, Pass pass) {
        Said said = said(states, known, pass);
        Tensor fresh = Functional.categoricalLogProb(said.scores(), tokens)
                .plus(said.fresh().squeeze(-1));
        Tensor same = tokens.unsqueeze(-1).equalTo(known.words().unsqueeze(1)).to(DType.FLOAT32); // [N, T, S]
        Tensor copied = said.looks()
                .times(same)
                .sum(-1)
                .plus(TINY)
                .log()
                .plus(said.copied().squeeze(-1));
        return fresh.logAddExp(copied);
    }

    @Override
    public Tensor scores(Tensor state, Known known, Pass pass) {
        Said said = said(state.unsqueeze(1), known, pass);
        Tensor fresh =
                said.scores().logSoftmax(-1).plus(said.fresh()).squeeze(1).exp(); // [N, V]
        Tensor copied = said.looks().times(said.copied().exp()).squeeze(1); // [N, S]
        return fresh.scatterAdd(-1, known.words(), copied).plus(TINY).log();
    }

    /** @param states [N, T, H] */
    private Said said(Tensor states, Known known, Pass pass) {
        Tensor isPadding = known.words().equalTo(0).unsqueeze(1); // [N, 1, S]
        Tensor fit = query.forward(states, pass).matmul(known.states().transpose(1, 2)); // [N, T, S]
        double scale = 1 / Math.sqrt((double) known.states().size(2));
        Tensor looks = fit.times(scale).maskedFill(isPadding, NEVER).softmax(-1);
        Tensor seen = looks.matmul(known.states()); // [N, T, E]
        Tensor told = joined.forward(Tensor.cat(-1, states, seen), pass).tanh();
        Tensor odds = gate.forward(told, pass);
        return new Said(
                words.forward(told, pass),
                looks,
                odds.logSigmoid(),
                odds.negate().logSigmoid());
    }
}
