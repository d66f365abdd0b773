package dev.elbo.run;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Parameterised;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.BatchNorm;
import dev.elbo.nn.Dropout;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.Elbo;
import dev.elbo.posterior.NormalHead;
import dev.elbo.prior.StandardNormal;
import dev.elbo.recipe.Card;
import dev.elbo.recipe.Recipe;
import dev.elbo.tensor.Shape;
import dev.elbo.train.Composition;
import java.util.List;

/** A recipe with what has noise and state of its own: dropout, and batch normalisation. */
record Regularised(int hidden) implements Recipe {
    @Override
    public String name() {
        return "regularised";
    }

    @Override
    public String summary() {
        return "dropout and batch normalisation";
    }

    @Override
    public Card card() {
        return new Card(Card.Group.VAE, "never", "none", "none");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        Shape image = data.field("image").shape();
        Vae vae = new Vae(
                new StandardNormal(2, initial.device()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(
                                Reshape.flatten(image),
                                Linear.of(image.elements(), hidden, initial),
                                BatchNorm.ofVectors(hidden, initial),
                                Activation.RELU,
                                new Dropout(0.3),
                                Linear.of(hidden, 4, initial)),
                        new NormalHead()),
                new Parameterised<>(
                        List.of(),
                        Sequential.of(Linear.of(2, image.elements(), initial), Reshape.unflatten(image.prepend(1))),
                        PixelLikelihood.bernoulli().head("image", initial)),
                "image",
                List.of(),
                2);
        return Composition.of(vae, Elbo.standard());
    }

    @Override
    public List<Pixels> treatments() {
        return PixelLikelihood.bernoulli().treatments();
    }
}
