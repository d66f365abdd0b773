package dev.elbo.train;

import dev.elbo.objective.Schedule;
import dev.elbo.option.About;
import dev.elbo.tensor.optim.Adam;

/**
 * How a model is trained.
 */
public record TrainingSettings(
        @About("how often the training set is seen") double epochs,
        @About("examples in a step") int batch,
        @About("schedule of the learning rate, in epochs") Schedule learningRate,
        @About("adam, adamw, adamax, sgd or rmsprop") OptimizerKind optimizer,

        @About("the optimizer's ε, which bounds its steps where gradients are small")
        double epsilon,

        @About("of adam (as an L2 penalty) and adamw (decoupled)")
        double weightDecay,

        @About("largest norm of the gradient; 0 for no limit")
        double clip,

        @About("decay of the moving average of the weights that is evaluated and kept; 0 for none")
        double ema,

        @About("fraction of the training set that is held out for validation")
        double validation,

        @About("epochs between evaluations on the validation set")
        double evaluateEvery,

        @About("evaluations without improvement before training stops; 0 for never")
        int patience,

        @About("checkpoints kept beside the best") int keep,
        @About("steps between lines of metrics") int logEvery,

        @About("of matrix products: fp32; bf16; or tf32, which on a card is fp32 with shorter factors")
        Precision precision,

        @About("copies of the model that share a batch, each on a thread of its own; 0 to measure what is faster")
        int replicas,

        @About("neighbours that stay near each other when examples are shuffled; 0 for 1, or 1 MiB of those on disk")
        int shuffleBlock,

        @About("whether a card records a step and replays it, rather than be asked for each operation")
        boolean record,

        @About(
                "schedule of how often the encoder is updated for each update of the rest: jump(5, 1, 3) for 5 in three epochs")
        Schedule encoderUpdates) {

    /** In which type matrix products are computed. */
    public enum Precision {
        /** Single precision. */
        FP32,
        /** Single precision whose factors are rounded to 10 bits behind the point, by NVIDIA cards; else as FP32. */
        TF32,
        /** BFLOAT16; parameters, sums and densities stay in single precision. */
        BF16
    }

    private static final double MOST_EPOCHS = 1e6;

    /** Of encoder and decoder together. */
    private static final Schedule EVEN = Schedule.constant(1);

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public TrainingSettings {
        require(epochs > 0 && epochs <= MOST_EPOCHS, "epochs", epochs, "positive, and at most a million");
        require(batch > 0, "batch", batch, "positive");
        require(learningRate.least() >= 0, "learningRate", learningRate, "at least 0 everywhere");
        require(epsilon >= 0, "epsilon", epsilon, "at least 0");
        require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
        require(clip >= 0, "clip", clip, "at least 0");
        require(ema >= 0 && ema < 1, "ema", ema, "in [0, 1)");
        require((float) ema < 1, "ema", ema, "at most 0.9999999, since weights are of 32 bits");
        require(validation >= 0 && validation < 1, "validation", validation, "in [0, 1)");
        require(evaluateEvery > 0, "evaluateEvery", evaluateEvery, "positive");
        require(patience >= 0, "patience", patience, "at least 0");
        require(keep >= 1, "keep", keep, "at least 1");
        require(logEvery >= 1, "logEvery", logEvery, "at least 1");
        require(replicas >= 0, "replicas", replicas, "at least 0");
        require(shuffleBlock >= 0, "shuffleBlock", shuffleBlock, "at least 0");
        require(encoderUpdates.least() >= 1, "encoderUpdates", encoderUpdates, "at least 1 everywhere");
    }

    private static void require(boolean satisfied, String name, Object value, String range) {
        if (!satisfied) {
            throw new IllegalArgumentException(name + " must be " + range + "; got " + value);
        }
    }

    /**
     * Whether the decoder and the prior lag behind the encoder at times: aggressive training of the encoder against posterior collapse,
     * He et al. (2019), algorithm 1. There the encoder is updated until the bound does not rise any more, and the mutual information of
     * x and z on held-out examples ends it; here both are numbers of a schedule, so that a step is a function of its number.
     */
    public boolean isLagging() {
        return !encoderUpdates.equals(EVEN);
    }

    /**
     * Makes sure that a model can be trained so.
     *
     * @throws IllegalArgumentException if there is nothing that could lag
     */
    void requireFitting(Composition composition) {
        boolean hasBoth = composition.stages().stream().anyMatch(stage -> stage.movesBoth(composition.model()));
        if (isLagging() && !hasBoth) {
            throw new IllegalArgumentException("encoderUpdates=" + encoderUpdates
                    + " is of models with a posterior that is learned together with the rest; no stage of this training"
                    + " learns both. Leave it out");
        }
    }

    /** The rule that the model's parameters are moved by. */
    public Rule rule() {
        return new Rule(optimizer, learningRate, Adam.BETA1, Adam.BETA2, epsilon, weightDecay, clip);
    }

    /** 20 epochs of Adam, from 10⁻³ to 10⁻⁴ along a cosine, in batches of 128. */
    public static TrainingSettings standard() {
        return new TrainingSettings(
                20,
                128,
                new Schedule.Cosine(1e-3, 1e-4, Schedule.WHOLE),
                OptimizerKind.ADAM,
                1e-8,
                0,
                0,
                0,
                0.05,
                1,
                0,
                3,
                100,
                Precision.FP32,
                0,
                0,
                true,
                EVEN);
    }
}
