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
        Optimizer over(ParameterBuffer parameters, Rule rule) {
            return Adam.of(parameters, rule.beta1(), rule.beta2(), rule.epsilon(), rule.weightDecay());
        }
    },
    ADAMW {
        @Override
        Optimizer over(ParameterBuffer parameters, Rule rule) {
            return Adam.decoupled(parameters, rule.beta1(), rule.beta2(), rule.epsilon(), rule.weightDecay());
        }
    },
    ADAMAX {
        @Override
        Optimizer over(ParameterBuffer parameters, Rule rule) {
            return new Adamax(parameters, rule.beta1(), rule.beta2(), rule.epsilon());
        }
    },
    SGD {
        @Override
        Optimizer over(ParameterBuffer parameters, Rule rule) {
            return new Sgd(parameters, 0.9);
        }
    },
    RMSPROP {
        @Override
        Optimizer over(ParameterBuffer parameters, Rule rule) {
            return new RmsProp(parameters, 0.99, rule.epsilon());
        }
    };

    abstract Optimizer over(ParameterBuffer parameters, Rule rule);
}
