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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps by recording one and replaying it. The first few are taken as they are, so that everything is in its place;
 * the next is recorded; from then on a batch is copied to where the recording reads it, and the rest is replayed. Batches of
 * other shapes, a last one or those of longer sentences, have a recording of their own. What cannot be recorded is
 * done as it is.
 */
final class RecordedSteps {
    private static final int REHEARSALS = 3;

    private final Capturer capturer;
    private final Consumer<Batch> work;
    private final Consumer<TrainingEvent> listener;
    private final Scope home = Scope.current();
    private final Map<Map<String, Shape>, Shaped> byShape = new HashMap<>();

    /** Steps of one shape: where their batches are read, and what was recorded. */
    private static final class Shaped {
        private final Map<String, Tensor> places = new LinkedHashMap<>();
        private int rehearsals;
        private boolean refused;
        private @Nullable Recording recording;
    }

    /**
     * Records nothing yet; its tensors live in the current scope.
     *
     * @param work a step, from a batch on: reads and changes nothing but tensors that stay where they are
     * @param listener told of what was recorded, or why nothing is
     */
    RecordedSteps(Capturer capturer, Consumer<Batch> work, Consumer<TrainingEvent> listener) {
        this.capturer = capturer;
        this.work = work;
        this.listener = listener;
    }

    /**
     * Takes a step.
     *
     * @return whether it was taken; if not, it could not be recorded, and has drawn noise in vain: turn to it again, and do
     *     it without
     */
    boolean take(long number, Batch batch) {
        Shaped shaped = byShape.computeIfAbsent(shapes(batch), shapes -> new Shaped());
        if (shaped.refused) {
            work.accept(batch);
            return true;
        }
        batch.fields().forEach((name, tensor) -> put(shaped.places, name, tensor));
        Runnable step = () -> work.accept(new Batch(shaped.places));
        if (shaped.rehearsals < REHEARSALS) {
            if (shaped.rehearsals++ == 0) {
                forget(); // buffers that others read may grow, and move
            }
            capturer.rehearse(step);
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

    private static Map<String, Shape> shapes(Batch batch) {
        Map<String, Shape> shapes = new HashMap<>();
        batch.fields().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
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
        byShape.values().forEach(shaped -> {
            if (shaped.recording != null) {
                shaped.recording.close();
                shaped.recording = null;
            }
        });
    }
}
