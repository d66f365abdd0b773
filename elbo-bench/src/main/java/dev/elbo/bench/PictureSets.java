package dev.elbo.bench;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Npy;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Pictures that a model makes, beside real ones; all FLOAT32 [N, C, H, W] in 0 … 1.
 *
 * @param samples what the prior's latents become
 * @param reconstructions what the model makes of the held-out pictures
 * @param heldOut real ones that it has not learned from
 * @param training real ones that it has, as many as the held-out ones or all
 */
public record PictureSets(HostArray samples, HostArray reconstructions, HostArray heldOut, HostArray training) {
    private static final int AT_ONCE = 50;

    /**
     * Draws, and reads.
     *
     * @param count samples, and real pictures of each kind, if there are as many
     * @param temperature of the prior
     * @throws IllegalArgumentException if the run is of something else than pictures
     */
    public static PictureSets of(Session session, int count, double temperature, long seed) {
        String field = field(session);
        Generator generator = session.generator();
        List<HostArray> samples = new ArrayList<>();
        for (int from = 0; from < count; from += AT_ONCE) {
            int some = Math.min(AT_ONCE, count - from);
            Map<String, HostArray> given = session.showing().conditions(Map.of(), some);
            samples.add(pictures(generator.samples(some, given, temperature, Rng.seedOf(seed, from)), field));
        }
        Split heldOut = session.some(session.heldOut(), count);
        HostArray reconstructions = chunked(
                session,
                heldOut,
                session.pixels().orElse(Pixels.GREY),
                (examples, batch) -> pictures(generator.reconstructions(batch), field));
        return new PictureSets(
                HostArray.concat(samples),
                reconstructions,
                real(session, heldOut),
                real(session, session.some("train", count)));
    }

    /** The field of the model's pictures. */
    static String field(Session session) {
        String field = session.model().signature().observed().get(0);
        if (!(session.spec().field(field) instanceof Field.Image)) {
            throw new IllegalArgumentException("this is no model of pictures: it is one of '" + field + "', "
                    + session.spec().field(field).kind());
        }
        return field;
    }

    /** Pictures as they are, however the model sees them. */
    static HostArray real(Session session, Split split) {
        String field = field(session);
        Split pictures = new Split(Map.of(field, split.field(field)));
        return chunked(session, pictures, Pixels.GREY, (examples, batch) -> {
            HostArray shown = batch.get(field).toHost();
            return ((Shown.Images) Generator.show(session.spec().field(field), shown)).pixels();
        });
    }

    private static HostArray chunked(
            Session session, Split split, Pixels pixels, BiFunction<Examples, Batch, HostArray> work) {
        List<HostArray> parts = new ArrayList<>();
        for (long from = 0; from < split.size(); from += AT_ONCE) {
            try (Scope scope = Scope.open("pictures")) {
                Split some = split.slice(from, Math.min(split.size(), from + AT_ONCE));
                Examples examples = new Examples(some, session.spec(), pixels, 0, session.device());
                parts.add(work.apply(examples, session.batch(examples, 0, examples.size())));
            }
        }
        return HostArray.concat(parts);
    }

    private static HostArray pictures(Map<String, Shown> made, String field) {
        return Objects.requireNonNull(made.get(field)).pictures().orElseThrow();
    }

    /** Writes each as an array: {@code samples.npy}, {@code reconstructions.npy}, {@code held-out.npy} and {@code training.npy}. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Npy.write(folder.resolve("samples.npy"), samples);
        Npy.write(folder.resolve("reconstructions.npy"), reconstructions);
        Npy.write(folder.resolve("held-out.npy"), heldOut);
        Npy.write(folder.resolve("training.npy"), training);
    }
}
