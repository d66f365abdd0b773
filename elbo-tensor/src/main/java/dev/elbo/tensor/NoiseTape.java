package dev.elbo.tensor;

import dev.elbo.tensor.team.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The noise of one training step, laid out on flat buffers that are refilled at once, by one kernel
 * per distribution, before each step. The noise is a function of seed and step number alone: a step
 * can be replayed, a run resumed, and two models compared under the same noise, with no generator's
 * state to save.
 *
 * <p>The first step finds out how long the tape must be: a buffer that is too short grows, and since
 * requests are padded to whole blocks, growing does not change what was handed out.
 */
public final class NoiseTape implements Rng {
    /** libtorch fills normals in blocks of 16, and redraws the last one if it is not whole. */
    private static final int BLOCK = 16;

    /** Elements that one generator draws: many of them are drawn side by side. */
    private static final int STRIP = 1 << 13;

    private final Track normals;
    private final Track uniforms;

    /** An empty tape, whose buffers will live in the current scope. */
    public NoiseTape(long seed, Device device) {
        this.normals = new Track(Rng.seedOf(seed, 0), device, GeneratorRng::fillNormal);
        this.uniforms = new Track(Rng.seedOf(seed, 1), device, GeneratorRng::fillUniform);
    }

    /** Winds to the beginning of a step's noise. */
    public void rewind(long step) {
        normals.rewind(step);
        uniforms.rewind(step);
    }

    @Override
    public Tensor normal(Shape shape) {
        return normals.next(shape);
    }

    @Override
    public Tensor uniform(Shape shape) {
        return uniforms.next(shape);
    }

    /** One buffer, and how far it is read. */
    private static final class Track {
        private final long seed;
        private final StripSeeds stripSeeds;
        private final Device device;
        private final BiConsumer<GeneratorRng, Tensor> filler;
        private final List<GeneratorRng> rngs = new ArrayList<>();
        private final Scope home = Scope.current();
        private Tensor buffer;
        private long step;
        private long position;

        Track(long seed, Device device, BiConsumer<GeneratorRng, Tensor> filler) {
            this.seed = seed;
            this.stripSeeds = new StripSeeds(seed);
            this.device = device;
            this.filler = filler;
            this.buffer = Tensor.zeros(device, 0);
        }

        void rewind(long newStep) {
            step = newStep;
            position = 0;
            refill();
        }

        Tensor next(Shape shape) {
            long length = (shape.elements() + BLOCK - 1) / BLOCK * BLOCK;
            if (position + length > buffer.size(0)) {
                grow(position + length);
            }
            Tensor noise = buffer.narrow(0, position, shape.elements()).reshape(shape);
            position += length;
            return noise;
        }

        private void grow(long length) {
            home.release(buffer);
            buffer = home.adopt(Tensor.zeros(device, length));
            refill();
        }

        /** Strip by strip, each from a seed of its own, so that the noise does not depend on how many draw it. */
        private void refill() {
            long length = buffer.size(0);
            boolean shared = device.kind() == Device.Kind.CPU; // a card fills everything with one kernel
            long strip = shared ? STRIP : Math.max(1, length);
            int strips = Math.toIntExact((length + strip - 1) / strip);
            while (rngs.size() < strips) {
                rngs.add(new GeneratorRng(seed, device).in(home));
            }
            int parts = Team.parts(shared && strips > 1);
            Team.run(parts, part -> {
                for (int i = part; i < strips; i += parts) {
                    fill(i, i * strip, Math.min(strip, length - i * strip));
                }
            });
        }

        private void fill(int strip, long from, long length) {
            GeneratorRng rng = rngs.get(strip);
            if (device.kind() == Device.Kind.CPU) {
                rng.begin(stripSeeds.of(step, strip));
            } else {
                rng.reseed(Rng.seedOf(Rng.seedOf(seed, step), strip));
            }
            try (Scope scope = Scope.open("noise")) {
                filler.accept(rng, buffer.narrow(0, from, length));
            }
        }
    }
}
