package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Copy;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Encoder and decoder learn from different bounds, PIWAE: the decoder from the tight one of M · K samples, the encoder from the
 * mean of M bounds of K samples, whose gradient has more signal for its noise. Rainforth et al. (2018), section 5.
 *
 * <p>Each is asked of a copy of the model in which the other part is frozen, with samples of its own; one backward pass serves both.
 *
 * @param groups M
 * @param samples K
 */
public record PartiallyImportanceWeighted(
        @About("bounds M whose mean the encoder learns from")
        int groups,

        @About("samples K of each of these; the decoder's bound has M K")
        int samples)
        implements Objective {
    private static final LogWeights WEIGHTS = new LogWeights("PIWAE", "Choose a recipe whose latents are drawn");
    private static final Predicate<String> IS_ENCODER = name -> name.startsWith("posterior.");

    /**
     * Validates M and K.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public PartiallyImportanceWeighted {
        if (groups < 1 || samples < 1) {
            throw new IllegalArgumentException("PIWAE has one bound or more, of one sample or more; got groups "
                    + groups + " and samples " + samples);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        if (model.parameters().keySet().stream().noneMatch(IS_ENCODER)) {
            throw new IllegalArgumentException("PIWAE trains an encoder called 'posterior' apart from the rest, and the"
                    + " model has none. Choose miwae, or a recipe with one posterior network");
        }
        Draw forDecoder = draw(Copy.frozen(model, IS_ENCODER), batch, step);
        Draw forEncoder = draw(Copy.frozen(model, IS_ENCODER.negate()), batch, step);
        Tensor bound = forDecoder.logEvidence().mean();
        Tensor encoders = new MultiplyImportanceWeighted(groups, samples).of(WEIGHTS.of(forEncoder));
        Map<String, Tensor> terms = Bound.of(forDecoder).terms(bound);
        terms.put("negEncoderBound", encoders.negate());
        Tensor total = bound.plus(encoders).negate();
        Tensor pull = forEncoder.penalised(total).minus(total); // of what the model brings along, on the encoder
        return Loss.of(forDecoder, total.plus(pull.minus(pull.detach())), terms);
    }

    private Draw draw(LatentVariableModel model, Batch batch, Step step) {
        return model.draw(batch, groups * samples, step.pass());
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
