package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.NormalisingFlow;
import dev.elbo.distribution.Planar;
import dev.elbo.distribution.Radial;
import dev.elbo.distribution.Sylvester;
import dev.elbo.distribution.Transformation;
import dev.elbo.nn.Initializer;
import dev.elbo.option.Form;
import dev.elbo.tensor.Tensor;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * [..., 2 D + T P] as means and log-variances of a normal, and the parameters of the T transformations that move it, P each.
 *
 * @param dims D
 * @param steps T
 * @param family of the transformations
 */
public record TransformedHead(int dims, int steps, Family family) implements Head<NormalisingFlow> {
    /** Steps of a flow whose parameters an encoder puts out. */
    public enum Family {
        /** Along one vector, by how far a point lies along another. */
        PLANAR {
            @Override
            int parameters(int dims) {
                return 2 * dims + 1;
            }

            @Override
            Transformation of(Parts parts, int dims) {
                return new Planar(parts.next(dims), parts.next(dims), parts.next(1));
            }
        },
        /** To a point, or away from it. */
        RADIAL {
            @Override
            int parameters(int dims) {
                return dims + 2;
            }

            @Override
            Transformation of(Parts parts, int dims) {
                return new Radial(parts.next(dims), parts.next(1).softplus().plus(LEAST_RANGE), parts.next(1));
            }
        },
        /** As many planar units as dimensions, behind a turn. */
        SYLVESTER {
            @Override
            int parameters(int dims) {
                return dims * (dims + 3) + reflections(dims) * dims;
            }

            @Override
            Transformation of(Parts parts, int dims) {
                return new Sylvester(
                        parts.matrix(reflections(dims), dims),
                        parts.matrix(dims, dims).over(Math.sqrt(dims)), // moves as far in any number of dimensions
                        parts.next(dims),
                        parts.next(dims),
                        parts.next(dims));
            }

            private int reflections(int dims) {
                return Math.min(dims, REFLECTIONS);
            }
        };

        private static final int REFLECTIONS = 8;
        private static final double LEAST_RANGE = 1e-3;

        /** P, of D dimensions. */
        abstract int parameters(int dims);

        /** The transformation with these parameters. */
        abstract Transformation of(Parts parts, int dims);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An output that is read from its first number to its last. */
    private static final class Parts {
        private final Tensor output;
        private long position;

        Parts(Tensor output) {
            this.output = output;
        }

        /** The next numbers, [..., count]. */
        Tensor next(long count) {
            Tensor part = output.narrow(-1, position, count);
            position += count;
            return part;
        }

        /** The next numbers as a matrix, [..., rows, columns]. */
        Tensor matrix(long rows, long columns) {
            return next(rows * columns).reshape(output.shape().dropLast(1).append(rows, columns));
        }
    }

    @Override
    public NormalisingFlow of(Tensor output) {
        Parts parts = new Parts(output);
        DiagonalNormal base = new DiagonalNormal(parts.next(dims), parts.next(dims), 1);
        return new NormalisingFlow(
                base,
                IntStream.range(0, steps).mapToObj(i -> family.of(parts, dims)).toList());
    }

    /** The option of a family, with so many steps if none are said. */
    static Form<PosteriorKind> form(Family family, int steps) {
        return new Form<>(new Kind(family, steps), number -> new Kind(family, number));
    }

    /**
     * As an option: {@code planar(10)}.
     *
     * @param steps T
     */
    public record Kind(Family family, int steps) implements PosteriorKind {
        /** Validates the number of steps. */
        public Kind {
            if (steps < 1) {
                throw new IllegalArgumentException("a flow has one step or more; got " + family + "(" + steps + ")");
            }
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims + steps * family.parameters(dims);
        }

        @Override
        public TransformedHead head(int dims, Initializer initial) {
            return new TransformedHead(dims, steps, family);
        }

        @Override
        public String toString() {
            return family + "(" + steps + ")";
        }
    }
}
