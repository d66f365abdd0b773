package dev.elbo.tensor;

import dev.elbo.tensor.team.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Tasks side by side, each whole on one thread and in a scope of its own: copies of a model, chunks of a data set.
 * Operations within a task are not shared out further.
 */
public final class Parallel {
    private Parallel() {}

    /** How many tasks can run at a time. */
    public static int width() {
        return Team.parts(true);
    }

    /**
     * Runs tasks 0 to {@code tasks} − 1, with or without gradients, {@link Seams} and {@link Autocast} as the caller does,
     * and returns when all are done. If one fails, no other is begun.
     */
    public static void run(int tasks, IntConsumer task) {
        boolean gradients = GradientMode.isOn();
        boolean seamsOff = Seams.areOff();
        boolean autocast = Autocast.isOn(Device.CPU);
        int lanes = Math.min(tasks, width());
        AtomicInteger next = new AtomicInteger(lanes);
        Team.run(
                lanes,
                lane -> alone(gradients, seamsOff, autocast, () -> {
                    for (int i = lane; i < tasks; i = next.getAndIncrement()) {
                        boolean done = false;
                        try (Scope scope = Scope.open("task")) {
                            task.accept(i);
                            done = true;
                        } finally {
                            if (!done) {
                                next.set(tasks);
                            }
                        }
                    }
                }));
    }

    private static void alone(boolean gradients, boolean seamsOff, boolean autocast, Runnable work) {
        boolean before = Team.alone(true);
        try (GradientMode mode = GradientMode.of(gradients);
                Seams seams = Seams.as(seamsOff)) {
            if (autocast == Autocast.isOn(Device.CPU)) {
                work.run();
            } else {
                try (Autocast on = Autocast.bfloat16(Device.CPU)) {
                    work.run();
                }
            }
        } finally {
            Team.alone(before);
        }
    }

    /** What each task returns, in order. */
    public static <T> List<T> map(int tasks, IntFunction<T> task) {
        List<List<T>> results = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            results.add(new ArrayList<>(1));
        }
        run(tasks, i -> results.get(i).add(task.apply(i)));
        return results.stream().flatMap(List::stream).toList();
    }
}
