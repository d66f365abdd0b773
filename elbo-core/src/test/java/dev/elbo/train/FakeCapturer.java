package dev.elbo.train;

import dev.elbo.tensor.Scope;
import dev.elbo.tensor.cuda.Capturer;
import java.util.ArrayList;
import java.util.List;

/** Records on the processor: replays by doing the work again, or only says that it would. */
final class FakeCapturer implements Capturer {
    private final List<String> log = new ArrayList<>();
    private final Runnable onReplay;
    private final boolean works;

    private FakeCapturer(boolean works, Runnable onReplay) {
        this.works = works;
        this.onReplay = onReplay;
    }

    /** One whose replays do the work. */
    static FakeCapturer working() {
        return new FakeCapturer(true, () -> {});
    }

    /**
     * One as blind as a card: work is called while it is recorded, and never again.
     *
     * @param onReplay done in the work's place
     */
    static FakeCapturer blind(Runnable onReplay) {
        return new FakeCapturer(false, onReplay);
    }

    /** What was asked of it, in order. */
    List<String> log() {
        return log;
    }

    @Override
    public void rehearse(Runnable work) {
        log.add("rehearse");
        work.run();
    }

    @Override
    public Recording record(Runnable work) {
        log.add("record");
        if (!works) {
            work.run();
        }
        return new Recording() {
            @Override
            public void replay() {
                log.add("replay");
                onReplay.run();
                if (works) {
                    try (Scope scope = Scope.open("replay")) {
                        work.run();
                    }
                }
            }

            @Override
            public long operations() {
                return 42;
            }

            @Override
            public void close() {
                log.add("close");
            }
        };
    }
}
