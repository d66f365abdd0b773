package dev.elbo.tensor;

import dev.elbo.tensor.cuda.Capturer;
import dev.elbo.tensor.cuda.CudaGraphs;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a tensor lives and is computed.
 *
 * @param kind the processor or a graphics card
 * @param index which card, from 0; 0 for the processor
 */
public record Device(Kind kind, int index) {
    /** The main processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** What computes. */
    public enum Kind {
        CPU,
        CUDA
    }

    /** The {@code index}-th CUDA card. */
    public static Device cuda(int index) {
        return new Device(Kind.CUDA, index);
    }

    /**
     * Reads {@code auto} (a CUDA card if this build and machine have one, else the processor),
     * {@code cpu}, {@code cuda} or {@code cuda:1}.
     *
     * @throws IllegalArgumentException for another text, or for CUDA where there is none
     */
    public static Device parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("cpu")) {
            return CPU;
        }
        if (name.equals("auto")) {
            return whyNoCuda().isEmpty() ? cuda(0) : CPU;
        }
        if (!name.matches("cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("unknown device '" + text + "'; use auto, cpu, cuda or cuda:1");
        }
        whyNoCuda().ifPresent(reason -> {
            throw new IllegalArgumentException("no CUDA device: " + reason + "; or use --device cpu");
        });
        return cuda(name.equals("cuda") ? 0 : Integer.parseInt(name.substring(5)));
    }

    private static Optional<String> whyNoCuda() {
        return Backend.knowsCards()
                ? CudaGraphs.whyUnavailable()
                : Optional.of("this build has libtorch for the processor only; build it with ELBO_GPU=1 ./elbo, or with"
                        + " Maven's -Pgpu");
    }

    /** What records this device's work, if anything does: a CUDA card records CUDA graphs, the processor nothing. */
    public Optional<Capturer> capturer() {
        return kind == Kind.CUDA ? Optional.of(new CudaGraphs(index)) : Optional.empty();
    }

    /** The bytes that a card has free; nothing for the processor. */
    public OptionalLong freeMemory() {
        return kind == Kind.CPU ? OptionalLong.empty() : OptionalLong.of(CudaGraphs.freeMemory(index));
    }

    /** As in {@code cpu} or {@code cuda:0}. */
    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
