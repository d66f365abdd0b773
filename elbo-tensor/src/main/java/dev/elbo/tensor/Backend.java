package dev.elbo.tensor;

import com.sun.jna.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library under every {@link Tensor}: started once, by the first tensor or by
 * {@link #start()}.
 *
 * <p>Three things must happen before libtorch is loaded, whoever loads it. Waiting OpenMP threads
 * must sleep, not spin, and OpenBLAS's own must not linger: otherwise the two pools fight for the
 * cores and a step takes 3 to 20 times as long. And all libraries must be unpacked before the first
 * is opened, or a system libtorch is found in the place of ours and the JVM crashes.
 */
public final class Backend {
    private static final String[][] ENVIRONMENT = {{"OMP_WAIT_POLICY", "PASSIVE"}, {"OPENBLAS_THREAD_TIMEOUT", "4"}};

    private Backend() {}

    private static final class Started {
        static final Path OPENBLAS = load();
    }

    /** The C library's call that sets the variables which natives read when they are loaded. */
    private interface LibC extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /**
     * Loads the natives; does nothing when they are loaded.
     *
     * @throws UncheckedIOException if they cannot be unpacked, say because the disk is full
     */
    public static void start() {
        Objects.requireNonNull(Started.OPENBLAS);
    }

    private static Path load() {
        setEnvironment();
        Path openBlas = unpack("openblas");
        unpack("pytorch");
        Loader.load(torch.class);
        return openBlas;
    }

    private static Path unpack(String library) {
        try {
            return Loader.cacheResources("/org/bytedeco/" + library + "/" + Loader.getPlatform() + "/")[0].toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "libtorch could not be unpacked to JavaCPP's cache (~/.javacpp, about 470 MB): " + e.getMessage(),
                    e);
        }
    }

    private static void setEnvironment() {
        boolean complete = true;
        for (String[] variable : ENVIRONMENT) {
            complete &= System.getenv(variable[0]) != null;
        }
        if (complete || Loader.getPlatform().startsWith("windows")) {
            return;
        }
        LibC libc = com.sun.jna.Native.load("c", LibC.class);
        for (String[] variable : ENVIRONMENT) {
            libc.setenv(variable[0], variable[1], 0);
        }
    }

    /** The number of threads that one operation may use. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /**
     * Sets how many threads one operation may use, here and in the matrix library.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed; got " + threads);
        }
        start();
        torch.set_num_threads(threads);
        OpenBlas.in(Started.OPENBLAS).openblas_set_num_threads(threads);
    }

    /** Which processor's matrix kernels run, as in {@code Haswell} or {@code SkylakeX}. */
    public static String kernels() {
        start();
        return OpenBlas.in(Started.OPENBLAS).openblas_get_corename();
    }
}
