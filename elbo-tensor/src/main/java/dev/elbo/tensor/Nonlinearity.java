package dev.elbo.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** What follows a linear map in the same pass: nonlinearities whose derivative is a function of their output. */
public enum Nonlinearity {
    /** y = x. */
    NONE {
        @Override
        void apply(org.bytedeco.pytorch.Tensor x) {}

        @Override
        void backward(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor gradient,
                org.bytedeco.pytorch.Tensor output) {
            out.copy_(gradient);
        }
    },
    /** y = max(x, 0). */
    RELU {
        @Override
        void apply(org.bytedeco.pytorch.Tensor x) {
            x.relu_();
        }

        @Override
        void backward(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor gradient,
                org.bytedeco.pytorch.Tensor output) {
            try (Scalar zero = new Scalar(0.0)) {
                torch.threshold_backward_out(out, gradient, output, zero);
            }
        }
    },
    /** y = tanh(x). */
    TANH {
        @Override
        void apply(org.bytedeco.pytorch.Tensor x) {
            x.tanh_();
        }

        @Override
        void backward(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor gradient,
                org.bytedeco.pytorch.Tensor output) {
            torch.tanh_backward_out(out, gradient, output);
        }
    },
    /** y = 1 / (1 + exp(−x)). */
    SIGMOID {
        @Override
        void apply(org.bytedeco.pytorch.Tensor x) {
            x.sigmoid_();
        }

        @Override
        void backward(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor gradient,
                org.bytedeco.pytorch.Tensor output) {
            torch.sigmoid_backward_out(out, gradient, output);
        }
    };

    /** Overwrites x with y. */
    abstract void apply(org.bytedeco.pytorch.Tensor x);

    /** Overwrites {@code out} with the gradient of x, given that of y and y. */
    abstract void backward(
            org.bytedeco.pytorch.Tensor out, org.bytedeco.pytorch.Tensor gradient, org.bytedeco.pytorch.Tensor output);

    /** The same as an operation of libtorch's. */
    Tensor of(Tensor x) {
        return switch (this) {
            case NONE -> x;
            case RELU -> x.relu();
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
        };
    }
}
