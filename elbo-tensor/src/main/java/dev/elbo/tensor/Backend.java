package dev.elbo.tensor;

import com.sun.jna.Library;
import dev.elbo.tensor.cuda.MissingLibrary;
import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.onednn.OneDnn;
import dev.elbo.tensor.team.Team;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The native library under every {@link Tensor}: started once, by the first tensor or by
 * {@link #start()}.
 *
 * <p>What must happen before libtorch is loaded, whoever loads it: its OpenMP and its matrix library are held to
 * one thread, since Elbo shares out work itself ({@link #setThreads}) and pools that know nothing of each other fight
 * for the cores; the allocator is told to keep what it has; and all libraries are unpacked before the first is
 * opened, or a system libtorch is found in the place of ours and the JVM crashes.
 */
public final class Backend {
    private static final String MATRIX_THREADS = "OPENBLAS_NUM_THREADS";

    /** What {@code ./elbo} exports too. Waiting threads sleep; and there is one thread for each pool but ours. */
    private static final String[][] ENVIRONMENT = {
        {"OMP_WAIT_POLICY", "PASSIVE"},
        {"OMP_NUM_THREADS", "1"},
        {"OPENBLAS_THREAD_TIMEOUT", "4"},
        {MATRIX_THREADS, "1"}
    };

    /** What JavaCPP calls the libtorch that knows NVIDIA cards too. */
    private static final String FOR_CARDS = "-gpu";

    private static final String ALLOCATOR = "MALLOC_TRIM_THRESHOLD_";

    /** Numbers of mallopt's parameters, from glibc's malloc.h. */
    private static final int M_TRIM_THRESHOLD = -1;

    private static final int M_MMAP_THRESHOLD = -3;

    private Backend() {}

    private static volatile @Nullable Path loaded;
    private static volatile @Nullable Thread starting;
    private static volatile boolean knowsCards;
    private static @Nullable String broken;

    /** The C library's call that sets the variables which natives read when they are loaded. */
    private interface LibC extends Library {
        int setenv(String name, String value, int overwrite);

        int mallopt(int parameter, int value);
    }

    /**
     * Loads the natives; does nothing when they are loaded.
     *
     * @throws UncheckedIOException if they cannot be unpacked, say because the disk is full
     */
    public static void start() {
        if (loaded == null) {
            openBlas();
        }
    }

    /** Begins to load them on another thread. If it fails, {@link #start} will say so. */
    public static void startAhead() {
        Thread ahead = new Thread(
                () -> {
                    try {
                        start();
                        MatrixProduct.startAhead();
                    } catch (RuntimeException | LinkageError again) {
                        // whoever needs them tries again, and is told
                    }
                },
                "elbo-start");
        ahead.setDaemon(true);
        ahead.start();
        starting = ahead;
    }

    /** Whether another thread still loads them; a process that ends then must not run their destructors. */
    public static boolean isStarting() {
        Thread ahead = starting;
        return ahead != null && ahead.isAlive();
    }

    private static synchronized Path openBlas() {
        Path path = loaded;
        if (broken != null) {
            throw new UnsatisfiedLinkError(broken); // a second attempt would say less
        }
        if (path == null) {
            try {
                path = load();
            } catch (LinkageError failure) {
                broken = failure.getMessage();
                throw failure;
            }
            loaded = path;
        }
        return path;
    }

    private static Path load() {
        setEnvironment();
        Path openBlas = unpack("openblas", "")[0].toPath();
        unpack("pytorch", "");
        knowsCards = unpack("pytorch", FOR_CARDS).length > 0 || isOnLibraryPath("jnitorch_cuda");
        loadTorch();
        torch.set_num_threads(1);
        if (!"1".equals(System.getenv(MATRIX_THREADS))) { // set in time by us, or too late
            OpenBlas.in(openBlas).openblas_set_num_threads(1);
        }
        Team.resize(Runtime.getRuntime().availableProcessors());
        return openBlas;
    }

    private static void loadTorch() {
        try {
            Loader.load(torch.class);
        } catch (LinkageError failure) {
            if (!knowsCards) {
                throw failure;
            }
            UnsatisfiedLinkError said = new UnsatisfiedLinkError(
                    "the libtorch for NVIDIA cards needs CUDA 13's libraries (" + MissingLibrary.of(failure)
                            + "); install them, or build for the processor: ELBO_GPU=0 ./elbo");
            said.initCause(failure);
            throw said;
        }
    }

    /** libtorch counts threads for each thread that calls it: a new one would use all cores. */
    static void holdToOneThread() {
        start();
        torch.set_num_threads(1);
    }

    /** Whether this build has a libtorch for NVIDIA cards. */
    static boolean knowsCards() {
        start();
        return knowsCards;
    }

    private static boolean isOnLibraryPath(String library) {
        String file = System.mapLibraryName(library);
        return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, file).isFile());
    }

    /** The folder where the files of a library for this platform are now; none if it does not come with the build. */
    private static File[] unpack(String library, String variant) {
        try {
            return Loader.cacheResources("/org/bytedeco/" + library + "/" + Loader.getPlatform() + variant + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "libtorch could not be unpacked to JavaCPP's cache (~/.javacpp, about 470 MB): " + e.getMessage(),
                    e);
        }
    }

    private static void setEnvironment() {
        if (Loader.getPlatform().startsWith("windows")) {
            return;
        }
        List<String[]> missing = Stream.of(ENVIRONMENT)
                .filter(variable -> System.getenv(variable[0]) == null)
                .toList();
        boolean keepMemory = Loader.getPlatform().startsWith("linux") && System.getenv(ALLOCATOR) == null;
        if (!missing.isEmpty() || keepMemory) {
            LibC libc = com.sun.jna.Native.load("c", LibC.class);
            missing.forEach(variable -> libc.setenv(variable[0], variable[1], 0));
            if (keepMemory) {
                keepMemory(libc);
            }
        }
    }

    /**
     * A step frees as much as it allocates, and the next one needs it again. glibc would give it back to the system
     * and fetch it anew, page by page: a third of the time of a convolutional step.
     */
    private static void keepMemory(LibC libc) {
        try {
            libc.mallopt(M_MMAP_THRESHOLD, 32 << 20);
            libc.mallopt(M_TRIM_THRESHOLD, 1 << 30);
        } catch (UnsatisfiedLinkError another) {
            // the C library of this system is another one, with an allocator of its own
        }
    }

    /** The number of threads that share the work. */
    public static int threads() {
        start();
        return Team.size();
    }

    /**
     * Sets how many threads share the work. They are Elbo's own: libtorch and its matrix library use one each.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed; got " + threads);
        }
        start();
        Team.resize(threads);
    }

    /** Whether cards may round the factors of FLOAT32 matrix products and convolutions to TF32's 10 bits; they may not. */
    public static void allowTf32(boolean allow) {
        start();
        torch.globalContext().setAllowTF32CuBLAS(allow);
        torch.globalContext().setAllowTF32CuDNN(allow);
    }

    /** Whether this processor has products of BFLOAT16: linear layers then use them in {@link Autocast}, all threads together. */
    public static boolean isMadeForBfloat16() {
        start();
        return OneDnn.isMadeForBfloat16();
    }

    /**
     * Whose kernels multiply matrices, and for which processors they are: {@code oneDNN AVX512_CORE}, or where there is no
     * oneDNN, {@code OpenBLAS Haswell}.
     */
    public static String kernels() {
        start();
        return OneDnn.isLoaded()
                ? "oneDNN " + OneDnn.instructions()
                : "OpenBLAS " + OpenBlas.in(openBlas()).openblas_get_corename();
    }
}
