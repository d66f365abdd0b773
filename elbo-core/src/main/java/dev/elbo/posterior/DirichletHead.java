package dev.elbo.posterior;

import dev.elbo.distribution.Dirichlet;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/** [..., D] as the concentrations of a Dirichlet distribution over D shares. */
public record DirichletHead() implements Head<Dirichlet> {
    @Override
    public Dirichlet of(Tensor output) {
        return new Dirichlet(Positive.of(output));
    }

    /** As an option: {@code dirichlet}. */
    public record Kind() implements PosteriorKind.WithDensity {
        @Override
        public Support support() {
            return Support.SIMPLEX;
        }

        @Override
        public void requireDimensions(int dims) {
            if (dims < 2) {
                throw new IllegalArgumentException(
                        "shares of a whole are two or more; got latents " + dims + ". Set latents to 2 or more");
            }
        }

        @Override
        public int parameters(int dims) {
            return dims;
        }

        @Override
        public DirichletHead head(int dims, Initializer initial) {
            return new DirichletHead();
        }

        @Override
        public String toString() {
            return "dirichlet";
        }
    }
}
