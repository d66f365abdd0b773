package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Pixels;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.LatentLikelihood;
import dev.elbo.objective.Quantised;
import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.option.Options;
import dev.elbo.train.Composition;
import dev.elbo.train.Stage;
import dev.elbo.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The VQ-VAE: images as maps of codes, and then a prior over these. Van den Oord et al. (2017). */
public record VqVaeRecipe(
        CodeConvolutions networks,
        CodebookSize codebook,
        Quantised objective,

        @About("epochs in which the prior over codes is trained, after those of the autoencoder")
        double priorEpochs)
        implements Recipe {

    private static final String PRIOR = "prior";

    /** The steps of a training on pictures in colour: those of the faces in results/images.md. */
    private static final int STEPS = 3_100;

    /** Epochs of the prior for each of the autoencoder. */
    private static final double PRIOR_SHARE = 0.8;

    /** The defaults. */
    public VqVaeRecipe() {
        this(CodeConvolutions.standard(), new CodebookSize(64, 16, 0.99), new Quantised(0.25), 12);
    }

    @Override
    public String name() {
        return "vq-vae";
    }

    @Override
    public String summary() {
        return "VQ-VAE: images as maps of codes with a learned prior (van den Oord et al. 2017)";
    }

    @Override
    public Card card() {
        return new Card(
                Card.Group.DISCRETE,
                "images as small maps of codes, for compression, or for another model to write",
                "E[−log p(x|codes)] + β ‖encoder(x) − sg(code)‖², then −log p(codes)",
                "van den Oord et al. (2017), Neural Discrete Representation Learning, eq. 3; arXiv:1711.00937");
    }

    @Override
    public Composition compose(DataSpec data, Initializer initial) {
        return inTwoStages(networks.model(data, codebook.of(initial), initial), objective, priorEpochs);
    }

    /** An autoencoder, and then the priors over its codes, whose names begin so. */
    static Composition inTwoStages(LatentVariableModel model, Quantised objective, double priorEpochs) {
        List<String> others = model.parameters().keySet().stream()
                .filter(name -> !name.startsWith(PRIOR))
                .toList();
        Stage autoencoder = new Stage("autoencoder", objective, others, List.of(), Schedule.WHOLE);
        Stage prior = new Stage("prior", new LatentLikelihood(), List.of(PRIOR), List.of(), priorEpochs);
        return new Composition(model, List.of(autoencoder, prior));
    }

    /** A further halving, so that the prior sees the whole picture, and more codes for it; and long enough for both. */
    @Override
    public Map<String, String> suited(DataSpec data, long examples, Map<String, String> given) {
        if (!ColourPictures.are(data)) {
            return Map.of();
        }
        double epochs = ColourPictures.epochs(STEPS, examples, training().epochs(), given);
        return ColourPictures.suited(
                epochs,
                "channels",
                "32,64,128",
                "codes",
                "512",
                "priorEpochs",
                ColourPictures.text(PRIOR_SHARE * epochs));
    }

    @Override
    public Set<String> suitable() {
        return Set.of("channels", "codes", "batch", "epochs", "priorEpochs");
    }

    /** The autoencoder is done long before its prior is. */
    @Override
    public TrainingSettings training() {
        return autoencoders();
    }

    static TrainingSettings autoencoders() {
        return Options.of(TrainingSettings.standard())
                .with(Map.of("epochs", "5", "learningRate", "cosine(0.002, 0.0001)"));
    }

    @Override
    public List<Pixels> treatments() {
        return networks.likelihood().treatments();
    }
}
