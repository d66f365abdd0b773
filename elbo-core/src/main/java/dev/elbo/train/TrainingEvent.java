package dev.elbo.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What happens while a model is trained. Progress lines, logs and event files are all made from these.
 */
public sealed interface TrainingEvent {

    /**
     * Training begins, or goes on.
     *
     * @param step the number of steps taken before
     * @param steps the number of steps in all
     * @param stepsPerEpoch how many make an epoch
     * @param parameters the number of trained numbers
     * @param replicas how many copies of the model share a batch, each on a thread of its own
     * @param shuffleBlock how many neighbours stay near each other when examples are shuffled
     */
    record Started(long step, long steps, long stepsPerEpoch, long parameters, int replicas, int shuffleBlock)
            implements TrainingEvent {}

    /**
     * A step was recorded; from now on steps are replayed by the device without the host.
     *
     * @param step the number of steps taken before
     * @param operations of the device, in a step
     */
    record Recorded(long step, long operations) implements TrainingEvent {}

    /**
     * Steps cannot be recorded, and are taken one operation at a time.
     *
     * @param step the number of steps taken before
     * @param reason what stands against it
     */
    record NotRecorded(long step, String reason) implements TrainingEvent {}

    /**
     * Some steps were taken.
     *
     * @param step the number of steps taken so far
     * @param epoch the same in epochs
     * @param terms averages of the loss's terms since the last such event, in nats
     * @param learningRate of the last of these steps
     * @param samplesPerSecond since the last such event
     * @param seconds since training began, or went on
     */
    record Progressed(
            long step,
            double epoch,
            Map<String, Double> terms,
            double learningRate,
            double samplesPerSecond,
            double seconds)
            implements TrainingEvent {}

    /**
     * The model was evaluated.
     *
     * @param terms in nats
     * @param best whether it was never better
     */
    record Evaluated(long step, double epoch, Map<String, Double> terms, boolean best, double seconds)
            implements TrainingEvent {}

    /**
     * A checkpoint was written.
     *
     * @param checkpoint its directory
     */
    record Saved(long step, Path checkpoint) implements TrainingEvent {}

    /**
     * The loss, the weights or an evaluation became NaN or infinite; training ends, and no checkpoint is written.
     *
     * @param step the first step after which something was not finite
     * @param terms what is not: terms of the loss or of the evaluation, weights or moments by name
     * @param lastFinite the averages of the last time that all were
     * @param checkpoint the one to go back to
     */
    record Diverged(long step, Map<String, Double> terms, Map<String, Double> lastFinite, Optional<Path> checkpoint)
            implements TrainingEvent {}

    /**
     * Training ended well.
     *
     * @param reason why it ended
     */
    record Finished(long step, Reason reason, double seconds) implements TrainingEvent {}

    /** Why training ended. */
    enum Reason {
        /** All steps were taken. */
        COMPLETED,
        /** It had not improved for as long as was to be waited. */
        NO_IMPROVEMENT,
        /** It was asked to stop. */
        STOPPED
    }
}
