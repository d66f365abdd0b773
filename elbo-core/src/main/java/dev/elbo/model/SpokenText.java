package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.data.Vocabulary;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be said, and by whom, as a vector for each state: a phone has several states one after the other, as its beginning and its
 * end sound different.
 *
 * @param phones a vector for each state of each phone, [V · each, H]
 * @param voices who says it, as a vector; none where one person speaks
 * @param each states of a phone
 */
public record SpokenText(Embedding phones, Optional<? extends Voices> voices, ConvolutionStack stack, int each)
        implements Module {
    private static final int WIDTH = 3;

    /** With initial weights. */
    public static SpokenText of(
            long phones, Optional<? extends Voices> voices, int each, int blocks, long width, Initializer initial) {
        return new SpokenText(
                Embedding.of(phones * each, width, initial),
                voices,
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                each);
    }

    /**
     * States of texts.
     *
     * @param states [B, L, H]
     * @param mask 1 where a state counts and 0 at padding, [B, L, 1]
     * @param penalties terms of the loss that they bring along in training, in nats
     */
    record States(Tensor states, Tensor mask, Map<String, Tensor> penalties) {}

    /** The states of a batch's texts and voices. */
    States of(Batch given, Pass pass) {
        Tensor tokens = given.get(SpeechVae.TEXT); // [B, P]
        long batch = tokens.size(0);
        Tensor numbers = tokens.unsqueeze(-1).times(each).plus(Tensor.arange(each, tokens.device()));
        Tensor embedded = phones.forward(numbers.reshape(batch, tokens.size(1) * each), pass);
        Optional<Voices.Told> told = voices.map(voice -> voice.of(given, pass));
        Tensor spoken =
                told.map(who -> embedded.plus(who.vectors().unsqueeze(1))).orElse(embedded);
        Tensor said = tokens.equalTo(Vocabulary.PADDING)
                .or(tokens.equalTo(Vocabulary.END))
                .not();
        Tensor mask = said.to(DType.FLOAT32).repeatInterleave(1, each).unsqueeze(-1);
        return new States(
                stack.among(spoken, mask, pass),
                mask,
                told.map(Voices.Told::penalties).orElse(Map.of()));
    }
}
