package dev.elbo.model;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A deep hierarchy of latents around one deterministic path, as those of Sønderby et al. (2016), Child (2021) and Vahdat and Kautz
 * (2020): a state h, [C, H, W], descends from a learned start through groups of latents, and grows from a vector to a map of the
 * image. Each group reads its prior off the state, and adds its latent to it; the posterior reads the state and what the network
 * that climbed from x left at that scale. All groups see, through the state, all latents above them.
 *
 * <p>A posterior says how it differs from its prior, Vahdat and Kautz (2020), section 3.2: its mean is μₚ + Δμ, its log-variance
 * log σₚ² + Δ. Log-variances and differences are kept within ±{@value #BOUND} by a tanh, so that no density overflows.
 *
 * @param climb from x to the evidence of each scale, from the largest map to the vector
 * @param start h at the top, [C, 1, 1]
 * @param groups from the bottom, z₁, to the top
 * @param likelihood p(x | the last state)
 * @param signature one field x, and the latents from the top down, whose maps are vectors of [Z · H · W]
 */
public record DeepVae(
        List<Layer> climb,
        Tensor start,
        List<Group> groups,
        Conditional<? extends Distribution> likelihood,
        Signature signature)
        implements TopDown<Tensor> {
    private static final double BOUND = 5;

    /** Copies the lists. */
    public DeepVae {
        climb = List.copyOf(climb);
        groups = List.copyOf(groups);
    }

    /**
     * A group of latents, all of which are sampled at once.
     *
     * @param scale which evidence it reads, from 0 for the largest map
     * @param map of the latent, [Z, H, W]
     * @param enlarge the state from the group above, to [C, H, W]
     * @param prior of the state, [2 Z + C, H, W]: means, log-variances, and what is added to the state
     * @param evidence of what was left at this scale, to be added to the state
     * @param posterior of their sum, [2 Z, H, W]: Δμ and Δ
     * @param entry of the latent into the state, [Z, H, W] → [C, H, W]
     * @param after what follows, [C, H, W] → [C, H, W]
     */
    public record Group(
            int scale, Shape map, Layer enlarge, Layer prior, Layer evidence, Layer posterior, Layer entry, Layer after)
            implements Module {}

    /** With latents of the groups' shapes. */
    public DeepVae(
            List<Layer> climb,
            Tensor start,
            List<Group> groups,
            Conditional<? extends Distribution> likelihood,
            String observed) {
        this(
                climb,
                start,
                groups,
                likelihood,
                new Signature(
                        List.of(observed),
                        List.of(),
                        TopDown.latents(groups.stream()
                                .map(group -> Math.toIntExact(group.map().elements()))
                                .toList())));
    }

    /** Each group has the evidence of its scale, made ready for it. */
    @Override
    public List<Tensor> climb(Tensor x, Pass pass) {
        List<Tensor> scales = new ArrayList<>();
        Tensor d = x;
        for (Layer layer : climb) {
            d = layer.forward(d, pass);
            scales.add(d);
        }
        return groups.stream()
                .map(group -> group.evidence().forward(scales.get(group.scale()), pass))
                .toList();
    }

    /** Ends with the state below z₁. */
    @Override
    public Tensor descend(Pass pass, Choice<Tensor> choice) {
        Tensor state = start;
        for (int level = groups.size() - 1; level >= 0; level--) {
            Group group = groups.get(level);
            Tensor above = group.enlarge().forward(state, pass);
            Tensor read = group.prior().forward(above, pass); // [..., 2 Z + C, H, W]
            long parameters = 2 * group.map().size(0);
            Tensor z = choice.of(level, new InState(group, above, channels(read, 0, parameters), pass));
            Tensor told = group.entry().forward(asMap(z, group.map()), pass);
            Tensor known = above.plus(channels(read, parameters, read.size(-3) - parameters));
            state = group.after().forward(known.plus(told), pass);
        }
        return state;
    }

    private static Tensor channels(Tensor maps, long from, long count) {
        return maps.narrow(-3, from, count);
    }

    /** [..., D] as [..., Z, H, W]. */
    private static Tensor asMap(Tensor z, Shape map) {
        return z.reshape(z.shape().dropLast(1).append(map.sizes()));
    }

    private record InState(Group group, Tensor above, Tensor priorParameters, Pass pass) implements Place<Tensor> {
        @Override
        public DiagonalNormal prior() {
            return normal(priorParameters);
        }

        @Override
        public DiagonalNormal posterior(Tensor evidence, DiagonalNormal prior) {
            DiagonalNormal difference = normal(group.posterior().forward(above.plus(evidence), pass));
            return new DiagonalNormal(
                    prior.loc().plus(difference.loc()), prior.logVar().plus(difference.logVar()), 1);
        }

        /** [..., 2 Z, H, W] as a normal over [Z · H · W]; densities are FLOAT32 even where products are not. */
        private DiagonalNormal normal(Tensor parameters) {
            Tensor wide = parameters.to(DType.FLOAT32);
            long half = group.map().size(0);
            Tensor logVar = flat(channels(wide, half, half));
            return new DiagonalNormal(
                    flat(channels(wide, 0, half)), logVar.over(BOUND).tanh().times(BOUND), 1);
        }

        private Tensor flat(Tensor maps) {
            return maps.reshape(maps.shape().dropLast(3).append(group.map().elements()));
        }
    }
}
