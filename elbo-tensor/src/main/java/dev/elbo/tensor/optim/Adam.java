package dev.elbo.tensor.optim;

import dev.elbo.tensor.Native;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;

/**
 * Adam, Kingma and Ba (2015), algorithm 1, and AdamW, Loshchilov and Hutter (2019), algorithm 2: one
 * fused kernel over all parameters.
 */
public final class Adam extends Optimizer {
    /** The published defaults: β₁ 0.9, β₂ 0.999. */
    public static final double BETA1 = 0.9;

    public static final double BETA2 = 0.999;
    public static final double EPSILON = 1e-8;

    private static final String FIRST = "exp_avg";
    private static final String SECOND = "exp_avg_sq";

    private final OperatorHandle kernel;
    private final List<IValue[]> arguments = new ArrayList<>();

    private Adam(String kernel, ParameterBuffer parameters, double beta1, double beta2, double epsilon, double decay) {
        super(parameters);
        carry(FIRST);
        carry(SECOND);
        // libtorch maps these operations to no method: they are found by name
        this.kernel = Dispatcher.singleton().findSchemaOrThrow("aten::" + kernel, "tensor_lr");
        for (Part part : parts()) {
            arguments.add(new IValue[] {
                list(part.values()),
                list(part.gradients()),
                list(part.moment(FIRST)),
                list(part.moment(SECOND)),
                list(),
                list(stepCount()),
                new IValue(Native.handle(learningRate())),
                new IValue(beta1),
                new IValue(beta2),
                new IValue(decay),
                new IValue(epsilon),
                new IValue(false),
                new IValue(false),
                new IValue(),
                new IValue()
            });
        }
    }

    /** Adam; {@code decay} is added to the gradient as that of an L2 penalty would be. */
    public static Adam of(ParameterBuffer parameters, double beta1, double beta2, double epsilon, double decay) {
        return new Adam("_fused_adam_", parameters, beta1, beta2, epsilon, decay);
    }

    /** AdamW: {@code decay} shrinks the parameters directly. */
    public static Adam decoupled(ParameterBuffer parameters, double beta1, double beta2, double epsilon, double decay) {
        return new Adam("_fused_adamw_", parameters, beta1, beta2, epsilon, decay);
    }

    private static IValue list(Tensor... tensors) {
        TensorVector handles =
                new TensorVector(Stream.of(tensors).map(Native::handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
        return new IValue(new GenericList((Pointer) new TensorList(handles)));
    }

    @Override
    protected void update(Part part) {
        kernel.callBoxed(new IValueVector(arguments.get(part.number())));
    }
}
