package dev.elbo.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/** Noise drawn when it is asked for, from a generator of libtorch. */
final class GeneratorRng implements Rng {
    private final Device device;
    private final Generator generator;
    private final GeneratorOptional argument;

    GeneratorRng(long seed, Device device) {
        Backend.start();
        this.device = device;
        this.generator = device.kind() == Device.Kind.CPU
                ? torch.make_generator_cpu()
                : torch.globalContext().defaultGenerator(NativeTypes.of(device)).clone();
        this.argument = new GeneratorOptional(generator);
        reseed(seed);
    }

    /** Lives as long as a scope that is still open. */
    GeneratorRng in(Scope scope) {
        scope.own(generator);
        scope.own(argument);
        return this;
    }

    @Override
    public Tensor normal(Shape shape) {
        return fillNormal(Tensor.zeros(DType.FLOAT32, device, shape));
    }

    @Override
    public Tensor uniform(Shape shape) {
        return fillUniform(Tensor.zeros(DType.FLOAT32, device, shape));
    }

    /** Begins another stream. */
    void reseed(long seed) {
        generator.set_current_seed(Rng.seedOf(seed, 0));
    }

    /** Begins a stream on the processor, whose generator reads as many bits of a seed as this has, and no more. */
    void begin(int stream) {
        generator.set_current_seed(Integer.toUnsignedLong(stream));
    }

    Tensor fillNormal(Tensor buffer) {
        buffer.handle().normal_(0, 1, argument);
        return buffer;
    }

    Tensor fillUniform(Tensor buffer) {
        buffer.handle().uniform_(0, 1, argument);
        return buffer;
    }
}
