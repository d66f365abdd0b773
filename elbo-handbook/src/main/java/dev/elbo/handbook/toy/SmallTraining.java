package dev.elbo.handbook.toy;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.option.Options;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * A training that takes seconds. Tensors live in the scope that is open when a method is called.
 *
 * @param pixels how images are treated
 * @param settings of the training that are not the standard's
 * @param seed of first weights and of noise
 */
public record SmallTraining(DataSource data, Pixels pixels, Map<String, String> settings, long seed) {
    /** Copies the map. */
    public SmallTraining {
        settings = Map.copyOf(settings);
    }

    /** Of images that are binary, or are thrown as coins each time that they are seen. */
    public SmallTraining(DataSource data, Map<String, String> settings) {
        this(data, Pixels.DYNAMIC, settings, 1);
    }

    /** The model of a recipe, with first weights, and what it learns from. */
    public Composition compose(String recipe, Map<String, String> options) {
        return Recipes.with(Recipes.named(recipe), options).compose(data.spec(), initial());
    }

    /** First weights. */
    public Initializer initial() {
        return new Initializer(Rng.seeded(seed, Device.CPU), Device.CPU);
    }

    /**
     * A VAE of images with one hidden layer in encoder and decoder: q(z|x) = N(μ(x), diag σ²(x)), p(z) = N(0, I), Bernoulli pixels.
     *
     * @param encoderUnits of the encoder's hidden layer
     * @param decoderUnits of the decoder's hidden layer
     */
    public Vae vae(int encoderUnits, int decoderUnits, int latents) {
        Initializer initial = initial();
        Shape image = data.spec().field("image").shape();
        Shape logits = image.prepend(1);
        return new Vae(
                new StandardNormal(latents, Device.CPU),
                new Parameterised<>(
                        List.of(Reshape.flatten(image)),
                        Sequential.of(
                                Linear.of(image.elements(), encoderUnits, initial),
                                Activation.TANH,
                                Linear.of(encoderUnits, 2L * latents, initial)),
                        new NormalHead()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(
                                Linear.of(latents, decoderUnits, initial),
                                Activation.TANH,
                                Linear.of(decoderUnits, image.elements(), initial),
                                Reshape.unflatten(logits)),
                        PixelLikelihood.bernoulli().head("image", initial)),
                "image",
                List.of(),
                latents);
    }

    /** Trains. */
    public LatentVariableModel train(Composition composition) {
        return train(composition, event -> {});
    }

    /** Trains, and tells what happens. */
    public LatentVariableModel train(Composition composition, Consumer<TrainingEvent> listener) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("replicas", "1", "batch", "64", "logEvery", "1000000"));
        all.putAll(settings);
        try {
            new Trainer(
                            composition,
                            examples(data.train()),
                            data.test().map(this::examples),
                            Options.of(TrainingSettings.standard()).with(all),
                            seed,
                            Optional.empty(),
                            listener)
                    .run(() -> false);
            return composition.model();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Examples as the model sees them. */
    public Examples examples(Split split) {
        return new Examples(split, data.spec(), pixels, seed, Device.CPU);
    }

    /** What the model is tested on. */
    public Examples test() {
        return examples(data.test().orElseThrow());
    }

    /** The first {@code count} of some examples, always treated alike. */
    public Batch first(Examples examples, int count) {
        return examples.batch(LongStream.range(0, count).toArray(), Rng.seeded(seed + 1, Device.CPU));
    }
}
