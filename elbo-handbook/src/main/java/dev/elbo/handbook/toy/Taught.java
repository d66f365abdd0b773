package dev.elbo.handbook.toy;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.evaluate.BoundEstimate;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.Vae;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.Composition;
import dev.elbo.train.Trainer;
import dev.elbo.train.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model of one of Elbo's recipes after a short training on drawings, as {@code ./elbo train RECIPE} would do it. It lives in the
 * scope in which it was trained.
 *
 * @param model with one latent, z
 */
public record Taught(LatentVariableModel model) {
    private static final long SEED = 1;
    private static final int BATCH = 64;

    /**
     * Trains.
     *
     * @param options of the recipe, as {@code --set} takes them
     */
    public static Taught on(Drawings drawings, String recipe, Map<String, String> options, int epochs) {
        Composition composition = Recipes.with(Recipes.named(recipe), options)
                .compose(Drawings.spec(), new Initializer(Rng.seeded(SEED, Device.CPU), Device.CPU));
        TrainingSettings settings = Options.of(TrainingSettings.standard())
                .with(Map.of(
                        "epochs",
                        Integer.toString(epochs),
                        "batch",
                        Integer.toString(Math.min(BATCH, drawings.size())),
                        "learningRate",
                        "cosine(0.003, 0.0001)",
                        "replicas",
                        "1"));
        try (Scope training = Scope.open("training")) {
            new Trainer(
                            composition,
                            examples(drawings),
                            Optional.empty(),
                            settings,
                            SEED,
                            Optional.empty(),
                            event -> {})
                    .run(() -> false);
        } catch (IOException e) {
            throw new UncheckedIOException("Bug: a training that keeps no files failed to write one", e);
        }
        return new Taught(composition.model());
    }

    private static Examples examples(Drawings drawings) {
        return new Examples(drawings.split(), Drawings.spec(), Pixels.PROBABILITIES, SEED, Device.CPU);
    }

    /** The centres of the codes of drawings, [N][D]. */
    public double[][] codes(Drawings drawings) {
        try (Scope scope = Scope.open("codes");
                Inference use = Inference.begin()) {
            Batch batch = Batch.of(Map.of(Drawings.FIELD, drawings.images()), Device.CPU);
            Tensor codes = Objects.requireNonNull(
                    model.encode(batch, Pass.deterministic()).get(Vae.Z));
            return rows(codes);
        }
    }

    /** A tensor of [N, D] as rows. */
    public static double[][] rows(Tensor table) {
        double[] values = table.toHost().toDoubles();
        int columns = (int) table.size(1);
        double[][] rows = new double[(int) table.size(0)][columns];
        for (int i = 0; i < values.length; i++) {
            rows[i / columns][i % columns] = values[i];
        }
        return rows;
    }

    /** What codes stand for, [N, 1, 16, 16]. */
    public HostArray decoded(double[][] codes) {
        float[] values = new float[codes.length * codes[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) codes[i / codes[0].length][i % codes[0].length];
        }
        try (Scope scope = Scope.open("decoded");
                Inference use = Inference.begin()) {
            Tensor z = Tensor.of(values, codes.length, codes[0].length);
            return Objects.requireNonNull(
                            model.decode(Map.of(Vae.Z, z), Batch.of(Map.of(), Device.CPU), Pass.deterministic())
                                    .get(Drawings.FIELD))
                    .centre()
                    .toHost();
        }
    }

    /** Distortion and rate on drawings. */
    public BoundEstimate bound(Drawings drawings) {
        return BoundEstimate.of(model, examples(drawings), SEED);
    }
}
