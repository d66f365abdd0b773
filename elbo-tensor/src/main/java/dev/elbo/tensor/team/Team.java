package dev.elbo.tensor.team;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The threads that share the work of one operation, and the only ones that do: libtorch and its matrix library are
 * held to one thread each, so that no two pools fight for the cores.
 *
 * <p>Parts are numbered, and a part is the same whoever does it: results depend on how many parts there are, never on
 * which thread was faster. A member that waits spins for a moment, since the next part of a training step is often
 * microseconds away, and then sleeps.
 */
public final class Team {
    /** Longer than what one thread does alone within a training step, shorter than anyone notices. */
    private static final long SPIN_NANOSECONDS = 200_000;

    private static final int SPINS_BETWEEN_CLOCKS = 64;
    private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);
    private static final AtomicBoolean BUSY = new AtomicBoolean();
    private static volatile Team team = new Team(1);

    private final Member[] members;
    private volatile @Nullable Work work;
    private volatile boolean dismissed;

    private Team(int size) {
        members = new Member[size];
        for (int i = 1; i < size; i++) {
            members[i] = new Member(i);
        }
    }

    /** Makes a team of so many, the caller of {@link #run} one of them. */
    public static synchronized void resize(int size) {
        if (size != size()) {
            Team former = team;
            team = new Team(size);
            team.begin();
            former.dismiss();
        }
    }

    private void begin() {
        for (int i = 1; i < members.length; i++) {
            members[i].setDaemon(true);
            members[i].start();
        }
    }

    private void dismiss() {
        dismissed = true;
        for (int i = 1; i < members.length; i++) {
            LockSupport.unpark(members[i]);
        }
    }

    /** How many threads there are, the caller one of them. */
    public static int size() {
        return team.members.length;
    }

    /** Into how many parts work should be cut that is worth sharing only if it is large. */
    public static int parts(boolean large) {
        return large && !ALONE.get() ? size() : 1;
    }

    /**
     * Whether the operations of this thread are left whole from now on, because other threads are busy with the same.
     *
     * @return whether they were before
     */
    public static boolean alone(boolean alone) {
        boolean before = ALONE.get();
        ALONE.set(alone);
        return before;
    }

    /**
     * Does parts 0 to {@code parts} − 1, and returns when all are done. If the team is at work for another thread, the
     * caller does them all.
     */
    public static void run(int parts, IntConsumer part) {
        if (parts > 1 && BUSY.compareAndSet(false, true)) {
            try {
                team.share(new Work(parts, part));
            } finally {
                BUSY.set(false);
            }
        } else {
            for (int i = 0; i < parts; i++) {
                try (PointerScope temporaries = new PointerScope()) {
                    part.accept(i);
                }
            }
        }
    }

    /** Cuts {@code length} entries into so many slices and does each; there may be fewer than parts. */
    public static void share(long length, int parts, Consumer<Slice> work) {
        run(parts, part -> {
            Slice slice = Slice.of(length, parts, part);
            if (!slice.isEmpty()) {
                work.accept(slice);
            }
        });
    }

    private void share(Work shared) {
        work = shared;
        for (int i = 1; i < Math.min(members.length, shared.claimed.length); i++) {
            if (members[i].asleep) {
                LockSupport.unpark(members[i]);
            }
        }
        shared.claim(0);
        for (int i = 1; i < shared.claimed.length; i++) { // what no member has begun
            shared.claim(i);
        }
        while (shared.left.get() > 0) {
            Thread.onSpinWait();
        }
        work = null;
        shared.rethrow();
    }

    /** Something to be done in parts. */
    private static final class Work {
        private final IntConsumer part;
        private final AtomicBoolean[] claimed;
        private final AtomicInteger left;
        private final boolean inference = InferenceMode.is_enabled();
        private volatile @Nullable Throwable failure;

        Work(int parts, IntConsumer part) {
            this.part = part;
            this.claimed = new AtomicBoolean[parts];
            this.left = new AtomicInteger(parts);
            for (int i = 0; i < parts; i++) {
                claimed[i] = new AtomicBoolean();
            }
        }

        /** Does a part, unless another has begun it. */
        void claim(int i) {
            if (i < claimed.length && claimed[i].compareAndSet(false, true)) {
                try (PointerScope temporaries = new PointerScope()) {
                    accept(i);
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    left.decrementAndGet();
                }
            }
        }

        /** As the caller would: what is made in inference mode may be changed in it only. */
        private void accept(int i) {
            if (inference && !InferenceMode.is_enabled()) {
                try (InferenceMode use = new InferenceMode(true)) {
                    part.accept(i);
                }
            } else {
                part.accept(i);
            }
        }

        void rethrow() {
            Throwable e = failure;
            if (e instanceof Error error) {
                throw error;
            }
            if (e instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    /** A thread that does the part of its number, so that its cache holds the same slices every time. */
    private final class Member extends Thread {
        private final int number;
        private volatile boolean asleep;

        Member(int number) {
            super("elbo-" + number);
            this.number = number;
        }

        @Override
        public void run() {
            torch.set_num_threads(1);
            GradMode.set_enabled(false);
            Work last = null;
            while (!dismissed) {
                last = await(last);
                if (last != null) {
                    last.claim(number);
                }
            }
        }

        private @Nullable Work await(@Nullable Work last) {
            long limit = System.nanoTime() + SPIN_NANOSECONDS;
            int spins = 0;
            while (!dismissed) {
                Work next = work;
                if (next != null && next != last) {
                    return next;
                }
                if (++spins % SPINS_BETWEEN_CLOCKS != 0 || System.nanoTime() < limit) {
                    Thread.onSpinWait();
                } else {
                    sleepUnlessNeeded(last);
                }
            }
            return last;
        }

        /** The flag is up before the last look, so that whoever brings work after it sees it and wakes us. */
        private void sleepUnlessNeeded(@Nullable Work last) {
            asleep = true;
            Work next = work;
            if ((next == null || next == last) && !dismissed) {
                LockSupport.park(Team.this);
            }
            asleep = false;
        }
    }
}
