package dev.elbo.train;

import dev.elbo.objective.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Which stage a step belongs to.
 *
 * @param ends the step behind the last of each stage
 * @param lengths of the stages, in epochs
 * @param perEpoch steps in an epoch
 */
record Timeline(List<Long> ends, List<Double> lengths, long perEpoch) {
    static Timeline of(List<Stage> stages, double epochs, long perEpoch) {
        List<Long> ends = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        long end = 0;
        for (Stage stage : stages) {
            double length = stage.epochs() == Schedule.WHOLE ? epochs : stage.epochs();
            end += Math.max(1, Math.round(length * perEpoch));
            ends.add(end);
            lengths.add(length);
        }
        return new Timeline(List.copyOf(ends), List.copyOf(lengths), perEpoch);
    }

    /** The number of steps in all. */
    long steps() {
        return ends.get(ends.size() - 1);
    }

    /** The stage of a step, from 0; the last for a step behind all. */
    int stageAt(long step) {
        int stage = 0;
        while (stage < ends.size() - 1 && step >= ends.get(stage)) {
            stage++;
        }
        return stage;
    }

    /** The first step of a stage. */
    long begin(int stage) {
        return stage == 0 ? 0 : ends.get(stage - 1);
    }

    /** How many epochs of its stage have passed before a step. */
    double epoch(long step) {
        return (double) (step - begin(stageAt(step))) / perEpoch;
    }
}
