package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Flow;
import dev.elbo.nn.Bijection;
import dev.elbo.nn.Downsample;
import dev.elbo.nn.FramesCoupling;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * p(z|c) of a vector for every few frames: normal, as {@link FramesPrior}, moved by coupling layers that see the text too. Ren et al.
 * (2021), PortaSpeech, section 3.2; the layers scale as well as shift, as those of Kim et al. (2020) do.
 *
 * @param down what is known of every few frames together
 * @param layers the first applied first
 */
public record FramesFlowPrior(FramesPrior base, Downsample down, List<FramesCoupling> layers)
        implements Conditional<Flow> {
    /** Copies the list. */
    public FramesFlowPrior {
        layers = List.copyOf(layers);
    }

    /** With layers that start as the identity, around a normal prior. */
    public static FramesFlowPrior of(
            FramesPrior base, int layers, long width, int stride, int latents, Initializer initial) {
        return new FramesFlowPrior(
                base,
                Downsample.of(width, width, stride, initial),
                IntStream.range(0, layers)
                        .mapToObj(i -> FramesCoupling.of(latents, width, width, i % 2 == 0, initial))
                        .toList());
    }

    /**
     * The distribution over [B, T / stride, Z].
     *
     * @param parents what is known, [B, T, H], and 1 where a step of z counts, [B, T / stride, 1]
     */
    @Override
    public Flow given(Pass pass, Tensor... parents) {
        Tensor known = down.forward(parents[0], pass);
        List<Bijection> maps = new ArrayList<>();
        layers.forEach(layer -> maps.add(layer.given(known, parents[1], pass)));
        return new Flow(base.given(pass, parents), maps, 1);
    }
}
