package dev.elbo.train;

import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Adamax;
import dev.elbo.tensor.optim.Optimizer;
import dev.elbo.tensor.optim.RmsProp;
import dev.elbo.tensor.optim.Sgd;

/** The rules that a run can train by. */
public enum OptimizerKind {
    ADAM {
        @Override
        Optimizer over(ParameterBuffer parameters, TrainingSettings settings) {
            return Adam.of(parameters, Adam.BETA1, Adam.BETA2, settings.epsilon(), settings.weightDecay());
        }
    },
    ADAMW {
        @Override
        Optimizer over(ParameterBuffer parameters, TrainingSettings settings) {
            return Adam.decoupled(parameters, Adam.BETA1, Adam.BETA2, settings.epsilon(), settings.weightDecay());
        }
    },
    ADAMAX {
        @Override
        Optimizer over(ParameterBuffer parameters, TrainingSettings settings) {
            return new Adamax(parameters, Adam.BETA1, Adam.BETA2, settings.epsilon());
        }
    },
    SGD {
        @Override
        Optimizer over(ParameterBuffer parameters, TrainingSettings settings) {
            return new Sgd(parameters, 0.9);
        }
    },
    RMSPROP {
        @Override
        Optimizer over(ParameterBuffer parameters, TrainingSettings settings) {
            return new RmsProp(parameters, 0.99, settings.epsilon());
        }
    };

    abstract Optimizer over(ParameterBuffer parameters, TrainingSettings settings);
}
