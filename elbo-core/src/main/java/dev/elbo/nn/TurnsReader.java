package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * Reads a dialogue: its words in their context, of which each turn keeps the largest value of each unit; its turns by a
 * second GRU, whose last state is the vector of the dialogue, [B, H]. The hierarchical encoder of Serban et al. (2016), section 3.1,
 * with words that are read in the context of the turns beside.
 *
 * @param words to [B, S, E]
 * @param turns of turns' vectors
 * @param end the token that ends a turn
 * @param count how many turns are read, counted from the last one
 */
public record TurnsReader(Layer words, Gru turns, long end, int count) implements ContextReader {
    @Override
    public Read read(Tensor tokens, Pass pass) {
        Tensor states = words.forward(tokens, pass);
        Tensor isWord = tokens.greaterThan(0);
        Tensor isEnd = tokens.equalTo((double) end).to(DType.INT64);
        Tensor after = isEnd.sum(-1).unsqueeze(-1).minus(isEnd.cumsum(-1)).plus(isEnd); // of a last turn's words, 1
        Tensor[] vectors = new Tensor[count];
        for (int turn = 0; turn < count; turn++) {
            Tensor isOfTurn = after.equalTo((double) (count - turn)).and(isWord);
            Tensor largest = new Pooling.Largest().of(states, isOfTurn, pass);
            Tensor isThere = isOfTurn.to(DType.FLOAT32)
                    .max(-1)
                    .unsqueeze(-1)
                    .greaterThan(0)
                    .expand(largest.shape());
            vectors[turn] = isThere.where(largest, largest.zerosLike());
        }
        Tensor dialogue = turns.forward(Tensor.stack(1, vectors), pass); // [B, count, H]
        return new Read(dialogue.get(1, count - 1), states);
    }
}
