package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Copy;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The loss of the VAE/GAN: a reconstruction is as good as a critic's features of it are near those of the image. Larsen et al. (2016),
 * eq. 7 to 9 and algorithm 1:
 *
 * <pre>
 * encoder: rate − log N(f(x); f(x̂), σ²)
 * decoder: −γ log N(f(x); f(x̂), σ²) − log D(x̂) − log D(decoder(p(z)))
 * critic:  −log D(x) − log(1 − D(x̂)) − log(1 − D(decoder(p(z))))
 * </pre>
 *
 * with x̂ the mean of p(x|z), f the critic's features, and D what it makes of them. One backward pass serves all three: the critic
 * judges detached images, encoder and decoder learn from a frozen critic, and codes pass 1/γ of their gradient on. The decoder's
 * terms are those that do not saturate, and means over images, as the critic's are.
 *
 * <p>In the paper σ is 1, and a critic whose features are small lets codes fall silent; here σ² is the mean of the batch's squared
 * differences, at which the density is largest, Rybkin et al. (2021), section 3: the scale of features does not matter.
 *
 * <p>Features change with the critic, so that what is minimised need not fall. {@code negElbo} and {@code distortion}, which are
 * logged, are of the pixels' likelihood, and nobody learns from them.
 *
 * @param gamma γ, weight of the features beside the critic's judgement for the decoder
 * @param critic of images
 */
public record LearnedSimilarity(double gamma, ImageCritic critic) implements Objective {
    /** An image that is met exactly would have a variance of 0. */
    private static final double LEAST_VARIANCE = 1e-8;

    /**
     * A critic whose layers before the last say what an image has.
     *
     * @param features f, [..., C, H, W] → [..., F]
     * @param judgement from features to the logit of D, [..., F] → [..., 1]
     */
    public record ImageCritic(Layer features, Layer judgement) implements Module {
        private Tensor logit(Tensor features, Pass pass) {
            return new Critic(judgement).logit(features, pass);
        }
    }

    /**
     * Validates γ.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public LearnedSimilarity {
        if (!(gamma > 0)) {
            throw new IllegalArgumentException(
                    "gamma must be positive, or reconstructions need not be like their images; got " + gamma);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Pass pass = step.pass();
        Draw draw = model.draw(batch, 1, pass);
        Bound bound = Bound.of(draw);
        Tensor x = batch.get(model.signature().observed().get(0)); // [B, C, H, W]
        Tensor made = images(model, draw, batch, pass); // [3, B, C, H, W]
        Tensor fakes = made.narrow(0, 1, 2);

        ImageCritic judge = Copy.frozen(critic);
        Tensor features = judge.features().forward(x, pass); // [B, F]
        Tensor ofMade = judge.features().forward(made.get(0, 0), pass);
        Tensor distance = distance(features, ofMade);
        Tensor doubt = Critic.doubt(judge.logit(judge.features().forward(fakes, pass), pass));
        Tensor ofReal = critic.logit(critic.features().forward(x, pass), pass); // [B]
        Tensor ofFakes = critic.logit(critic.features().forward(fakes.detach(), pass), pass)
                .reshape(-1); // [2 B]
        Tensor criticLoss = Critic.loss(ofReal, ofFakes);

        Map<String, Tensor> terms = bound.terms();
        terms.put("featureDistance", distance);
        terms.put("adversarial", doubt);
        Tensor total = bound.rate().plus(distance.times(gamma)).plus(doubt);
        terms.put("loss", total); // of whom the critic judges
        return Loss.of(draw, total, terms)
                .beside(
                        criticLoss,
                        Map.of("criticLoss", criticLoss, "criticAccuracy", Critic.accuracy(ofReal, ofFakes)));
    }

    /**
     * −log N(f; f̂, σ²) with the σ² at which it is least, but for what does not depend on f̂: ½ F log σ²/s², in nats, of rank 0, with s²
     * the variance of f within the batch. 0 if f̂ says no more than the mean of all images, the less the better.
     */
    private static Tensor distance(Tensor features, Tensor ofMade) {
        Tensor variance = features.minus(ofMade).square().mean().plus(LEAST_VARIANCE);
        Tensor spread = features.minus(features.mean(0)).square().mean().plus(LEAST_VARIANCE);
        return variance.over(spread).log().times(0.5 * features.size(-1));
    }

    /** Means of p(x|z) of codes through which 1/γ of a gradient passes, of the same without gradients, and of the prior's. */
    private Tensor images(LatentVariableModel model, Draw draw, Batch conditions, Pass pass) {
        Map<String, Tensor> latents = new LinkedHashMap<>();
        for (Latent latent : draw.latents()) {
            Tensor code = latent.value().get(0, 0);
            Tensor fixed = code.detach();
            Tensor scaled = fixed.plus(code.minus(fixed).times(1 / gamma));
            latents.put(latent.name(), Tensor.stack(0, scaled, fixed, latent.samplePrior(pass.rng())));
        }
        String field = model.signature().observed().get(0);
        return Objects.requireNonNull(model.decode(latents, conditions, pass).get(field))
                .centre();
    }
}
