package dev.elbo.train;

import dev.elbo.data.Batch;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.cuda.Capturer;
import dev.elbo.tensor.cuda.Capturer.CaptureException;
import dev.elbo.tensor.cuda.Capturer.Recording;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps by recording one and replaying it. The first few are taken as they are, so that everything is in its place;
 * the next is recorded; from then on a batch is copied to where the recording reads it, and the rest is replayed. Batches of
 * other shapes, a last one or those of longer sentences, have a recording of their own, and the shapes that came last keep
 * theirs. What cannot be recorded is done as it is.
 *
 * <p>A recording knows tensors by their addresses. When one of them has moved, as the noise tape does where a longer
 * sentence needs more noise, all recordings are forgotten and made anew. Tensors that moved are those that have left the
 * scope in which everything lives that outlasts a step.
 */
final class RecordedSteps {
    private static final int REHEARSALS = 3;

    /** How many shapes are kept, those used last: a recording holds memory of the device. */
    private static final int SHAPES = 16;

    private final Capturer capturer;
    private final Consumer<Batch> work;
    private final Supplier<?> kind;
    private final Consumer<TrainingEvent> listener;
    private final Scope home = Scope.current();
    private final Map<Key, Shaped> byKey = new LinkedHashMap<>(SHAPES, 0.75f, true);
    private long released = home.released();

    /** What steps have in common that one recording is of. */
    private record Key(Object kind, Map<String, Shape> shapes) {}

    /** Steps of one shape: where their batches are read, and what was recorded. */
    private static final class Shaped {
        private final Map<String, Tensor> places = new LinkedHashMap<>();
        private int rehearsals;
        private boolean refused;
        private @Nullable Recording recording;

        void forget() {
            if (recording != null) {
                recording.close();
                recording = null;
            }
        }
    }

    /**
     * Records nothing yet; its tensors live in the current scope.
     *
     * @param work a step, from a batch on: reads and changes nothing but tensors that stay where they are
     * @param listener told of what was recorded, or why nothing is
     */
    RecordedSteps(Capturer capturer, Consumer<Batch> work, Consumer<TrainingEvent> listener) {
        this(capturer, work, () -> "", listener);
    }

    /**
     * Of steps of several kinds, each of which has recordings of its own.
     *
     * @param kind of the step that is about to be taken
     */
    RecordedSteps(Capturer capturer, Consumer<Batch> work, Supplier<?> kind, Consumer<TrainingEvent> listener) {
        this.capturer = capturer;
        this.work = work;
        this.kind = kind;
        this.listener = listener;
    }

    /**
     * Takes a step.
     *
     * @return whether it was taken; if not, it could not be recorded, and has drawn noise in vain: turn to it again, and do
     *     it without
     */
    boolean take(long number, Batch batch) {
        forgetIfMoved(); // the batch may have drawn noise, and let the tape grow
        Shaped shaped = of(new Key(kind.get(), shapes(batch)));
        if (shaped.refused) {
            work.accept(batch);
            return true;
        }
        batch.tensors().forEach((name, tensor) -> put(shaped.places, name, tensor));
        Runnable step = () -> work.accept(batch.with(shaped.places));
        if (shaped.rehearsals < REHEARSALS) {
            shaped.rehearsals++;
            rehearse(step);
            return true;
        }
        if (shaped.recording == null && !record(number, shaped, step)) {
            return false;
        }
        if (shaped.recording != null) {
            shaped.recording.replay();
        }
        return true;
    }

    /**
     * What a rehearsal leaves behind for good lies where recordings have their memory, which takes what is free: they may
     * write to it, as if it were theirs.
     */
    private void rehearse(Runnable step) {
        int before = home.size();
        capturer.rehearse(step);
        if (home.size() != before) {
            forget();
        }
        forgetIfMoved();
    }

    private void forgetIfMoved() {
        if (home.released() != released) {
            forget();
            released = home.released();
        }
    }

    /** The steps of a shape, at the cost of the shape that was not used for longest. */
    private Shaped of(Key key) {
        Shaped known = byKey.get(key);
        if (known != null) {
            return known;
        }
        if (byKey.size() == SHAPES) {
            remove(byKey.keySet().iterator().next());
        }
        Shaped shaped = new Shaped();
        byKey.put(key, shaped);
        return shaped;
    }

    private void remove(Key key) {
        Shaped shaped = Objects.requireNonNull(byKey.remove(key));
        shaped.forget();
        shaped.places.values().forEach(home::release);
        released = home.released(); // nobody else reads these places
    }

    private static Map<String, Shape> shapes(Batch batch) {
        Map<String, Shape> shapes = new HashMap<>();
        batch.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private void put(Map<String, Tensor> places, String name, Tensor tensor) {
        Tensor place = places.get(name);
        if (place == null) {
            places.put(name, home.adopt(tensor.copy()));
        } else {
            place.assign(tensor);
        }
    }

    private boolean record(long number, Shaped shaped, Runnable step) {
        try {
            Recording recording = capturer.record(step);
            shaped.recording = recording;
            if (home.released() != released) { // what it reads has moved while it was made
                forgetIfMoved();
                return false;
            }
            listener.accept(new TrainingEvent.Recorded(number, recording.operations()));
            return true;
        } catch (CaptureException reason) {
            shaped.refused = true;
            listener.accept(new TrainingEvent.NotRecorded(number, String.valueOf(reason.getMessage())));
            return false;
        }
    }

    /** Frees what was recorded; it is recorded anew if it is needed. */
    void forget() {
        byKey.values().forEach(Shaped::forget);
    }
}
