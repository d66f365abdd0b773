package dev.elbo.example;

// @start region="readme"
import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Trains a VAE on grey images of your own. */
public record YourImages(int height, int width) {

    /**
     * The code of each image: the mean of q(z|x), [N, 2].
     *
     * @param pixels N images of [height, width] one after the other, from 0 (black) to 1 (white)
     * @param folder where the run's files go
     */
    public HostArray encode(float[] pixels, Path folder) throws IOException {
        HostArray images = HostArray.of(pixels, pixels.length / (height * width), 1, height, width);
        DataSpec spec = new DataSpec("mine", Map.of("image", new Field.Image(1, height, width)), "");
        DataSource data = new DataSource(spec, new Split(Map.of("image", images)), Optional.empty());

        Map<String, String> settings = Map.of("hidden", "64", "latents", "2", "pixels", "probabilities");
        long seed = 1;
        RunConfig config = RunConfig.of(Recipes.named("vae"), spec.name(), seed, settings);
        RunDirectory run = new RunDirectory(folder, config);
        run.begin(Device.CPU, spec);
        try (Session session = new Session(run, data, Device.CPU)) {
            // The first is told what happens; the second is asked, after each step, whether to stop.
            session.train(event -> {}, () -> false);
            try (Scope encoding = Scope.open("encoding")) { // frees the tensors that are made inside it
                Batch batch = Batch.of(Map.of("image", images), Device.CPU);
                return session.loadBest().generator().code(batch);
            }
        }
    }
}
// @end
