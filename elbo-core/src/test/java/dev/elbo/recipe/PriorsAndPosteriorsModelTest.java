package dev.elbo.recipe;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.model.ModelContract;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models with other priors and posteriors. A mixture has one component, since cold samples of several are the centres of
 * each.
 */
@ParameterizedClass
@CsvSource({
    "vae, vamp(1), normal",
    "vae, flow(3), normal",
    "vae, normal, iaf(2)",
    "vae, flow(2), iaf(1)",
    "vae, learned, full",
    "vae, flow(1), low-rank(2)",
    "vae, maf(1), planar(2)",
    "vae, normal, radial(2)",
    "vae, learned, sylvester(1)",
    "vae, vamp(1), householder(2)",
    "vae, maf(2), logistic",
    "vae, vamp(1), full",
    "vae, laplace, laplace",
    "vae, gamma(2), gamma",
    "vae, beta(2), beta",
    "vae, uniform, kumaraswamy",
    "vae, dirichlet(0.5), dirichlet",
    "vae, sphere, vmf",
    "vae, poincare, poincare",
    "vae, normal, batch-normal(0.6)",
    "vae, normal, delta(2)",
    "conv-vae, vamp(1), normal",
    "conv-vae, flow(1), iaf(1)"
})
class PriorsAndPosteriorsModelTest extends ModelContract {
    private static final DataSource DATA = Stripes.of(1, 9, 7, 8);

    private final Recipe recipe;

    PriorsAndPosteriorsModelTest(String name, String prior, String posterior) {
        recipe = Recipes.with(Recipes.named(name), Map.of("prior", prior, "posterior", posterior, "latents", "5"));
    }

    /** Away from where it starts: in a flow that is still the identity, what is behind a layer of zeros has no gradient. */
    @Override
    protected LatentVariableModel model(Initializer initial) {
        LatentVariableModel model = recipe.compose(DATA.spec(), initial).model();
        model.parameters()
                .values()
                .forEach(parameter -> parameter
                        .detach()
                        .plusInPlace(initial.rng().normal(parameter.shape()).times(0.01)));
        return model;
    }

    @Override
    protected Batch batch(int examples) {
        Rng rng = Rng.seeded(3, Device.CPU);
        Batch all = new Examples(DATA.train(), DATA.spec(), recipe.treatments().get(0), 3, Device.CPU)
                .range(0, examples, rng);
        return new Batch(Map.of(Networks.IMAGE, all.get(Networks.IMAGE)));
    }
}
