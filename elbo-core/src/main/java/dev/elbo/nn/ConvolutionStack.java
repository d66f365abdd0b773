package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Residual blocks along a sequence, one after the other; every second one sees steps that lie two apart. */
public record ConvolutionStack(List<ConvolutionBlock> blocks) implements Module {

    /** Copies the list. */
    public ConvolutionStack {
        blocks = List.copyOf(blocks);
    }

    /** With initial weights. */
    public static ConvolutionStack of(int blocks, long channels, int width, Initializer initial) {
        return new ConvolutionStack(IntStream.range(0, blocks)
                .mapToObj(i -> ConvolutionBlock.of(channels, width, 1 + i % 2, initial))
                .toList());
    }

    /**
     * What all blocks make of a sequence.
     *
     * @param x [..., T, channels]
     * @param mask 1 at steps that count and 0 at padding, [B, T, 1]
     */
    public Tensor among(Tensor x, Tensor mask, Pass pass) {
        Tensor y = x;
        for (ConvolutionBlock block : blocks) {
            y = block.among(y, mask, pass);
        }
        return y;
    }
}
