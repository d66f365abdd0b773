package dev.elbo.edit;

import dev.elbo.tensor.HostArray;

/**
 * Finds directions among codes.
 *
 * @param codes FLOAT32 [N, D] of examples to learn from
 * @param heldOut FLOAT32 [M, D] of examples to judge by
 */
public record DirectionSearch(HostArray codes, HostArray heldOut) {
    private static final int ROUNDS = 200;
    private static final double RATE = 0.5;

    /** Of the squared weights of standardised codes, so that classes that can be told apart do not let them grow without end. */
    private static final double DECAY = 1e-3;

    /**
     * What was found.
     *
     * @param step d, [D]
     * @param accuracy as {@link Direction#accuracy}
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares findings
    public record Found(float[] step, double accuracy) {}

    /**
     * The direction of an attribute.
     *
     * @param learned of the examples to learn from
     * @param judged of those to judge by
     * @throws IllegalArgumentException if either has examples of one kind only
     */
    public Found find(Attribute learned, Attribute judged, Direction.Method method) {
        for (Attribute some : new Attribute[] {learned, judged}) {
            if (!some.tellsApart()) {
                throw new IllegalArgumentException("'" + some.name() + "' is said of " + some.count() + " of "
                        + some.has().length + " examples: a direction needs some with it and some without");
            }
        }
        int dims = (int) codes.shape().size(1);
        float[] all = codes.toFloats();
        double[] with = mean(all, dims, learned.has(), true);
        double[] without = mean(all, dims, learned.has(), false);
        double[] apart = new double[dims];
        for (int i = 0; i < dims; i++) {
            apart[i] = with[i] - without[i];
        }
        double[] step = method == Direction.Method.MEAN ? apart : scaled(normal(all, dims, learned), apart);
        double middle = (dot(with, step) + dot(without, step)) / 2;
        return new Found(floats(step), accuracy(step, middle, judged));
    }

    private static double[] mean(float[] all, int dims, boolean[] has, boolean wanted) {
        double[] mean = new double[dims];
        long count = 0;
        for (int row = 0; row < has.length; row++) {
            if (has[row] == wanted) {
                count++;
                for (int i = 0; i < dims; i++) {
                    mean[i] += all[row * dims + i];
                }
            }
        }
        for (int i = 0; i < dims; i++) {
            mean[i] /= count;
        }
        return mean;
    }

    /** w (apart · w) / (w · w): as far along w as the means lie apart. */
    private static double[] scaled(double[] w, double[] apart) {
        double factor = dot(apart, w) / dot(w, w);
        double[] scaled = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            scaled[i] = w[i] * factor;
        }
        return scaled;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * The normal of logistic regression on standardised codes, by gradient descent; both kinds weigh alike, however many there are of
     * each. In the codes' own units a weight is w / σ.
     */
    private static double[] normal(float[] all, int dims, Attribute learned) {
        int count = learned.has().length;
        boolean[] everything = new boolean[count];
        double[] centre = mean(all, dims, everything, false);
        double[] spread = spread(all, dims, centre);
        double[] w = new double[dims];
        double bias = 0;
        double weightOfThose = 0.5 / learned.count();
        double weightOfOthers = 0.5 / (count - learned.count());
        double[] x = new double[dims];
        for (int round = 0; round < ROUNDS; round++) {
            double[] gradient = new double[dims];
            double gradientOfBias = 0;
            for (int row = 0; row < count; row++) {
                double logit = bias;
                for (int i = 0; i < dims; i++) {
                    x[i] = (all[row * dims + i] - centre[i]) / spread[i];
                    logit += w[i] * x[i];
                }
                boolean has = learned.has()[row];
                double error = (1 / (1 + Math.exp(-logit)) - (has ? 1 : 0)) * (has ? weightOfThose : weightOfOthers);
                gradientOfBias += error;
                for (int i = 0; i < dims; i++) {
                    gradient[i] += error * x[i];
                }
            }
            bias -= RATE * gradientOfBias;
            for (int i = 0; i < dims; i++) {
                w[i] -= RATE * (gradient[i] + DECAY * w[i]);
            }
        }
        for (int i = 0; i < dims; i++) {
            w[i] /= spread[i];
        }
        return w;
    }

    /** Standard deviations; 1 of a dimension that is the same for all. */
    private static double[] spread(float[] all, int dims, double[] centre) {
        double[] spread = new double[dims];
        int count = all.length / dims;
        for (int i = 0; i < all.length; i++) {
            double difference = all[i] - centre[i % dims];
            spread[i % dims] += difference * difference / count;
        }
        for (int i = 0; i < dims; i++) {
            spread[i] = spread[i] > 1e-12 ? Math.sqrt(spread[i]) : 1;
        }
        return spread;
    }

    private double accuracy(double[] step, double middle, Attribute judged) {
        float[] all = heldOut.toFloats();
        long rightOfThose = 0;
        long rightOfOthers = 0;
        for (int row = 0; row < judged.has().length; row++) {
            double along = 0;
            for (int i = 0; i < step.length; i++) {
                along += all[row * step.length + i] * step[i];
            }
            if (along > middle == judged.has()[row]) {
                if (judged.has()[row]) {
                    rightOfThose++;
                } else {
                    rightOfOthers++;
                }
            }
        }
        double others = judged.has().length - judged.count();
        return (rightOfThose / (double) judged.count() + rightOfOthers / others) / 2;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
