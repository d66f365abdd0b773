package dev.elbo.tensor.cuda;

import java.util.Optional;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraphNode_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * CUDA graphs. The only class that knows CUDA's own interface, and not loaded without a card.
 *
 * <p>libtorch's allocator has a pool of memory for each stream. Work is rehearsed and recorded on a stream that nothing else
 * allocates on, so that the memory which a recording writes to is given to nobody else; it is replayed on the usual
 * stream, in the order of everything else. The allocator's cache must not be emptied meanwhile, which it does itself when a
 * card's memory is exhausted: leave some free.
 */
public final class CudaGraphs implements Capturer {
    private final byte card;
    private final CUDAStream side;

    /** The card is this thread's from now on. */
    public CudaGraphs(int card) {
        Loader.load(torch_cuda.class);
        this.card = (byte) card;
        torch_cuda.set_device(this.card);
        this.side = torch_cuda.getStreamFromPool(false, this.card);
        side.retainReference();
    }

    /** Why there is no card to compute on, if there is none. */
    public static Optional<String> whyUnavailable() {
        try {
            Loader.load(torch_cuda.class);
        } catch (LinkageError missing) {
            return Optional.of("CUDA cannot be used (" + MissingLibrary.of(missing)
                    + "); install NVIDIA's driver and CUDA 13, or put their libraries on LD_LIBRARY_PATH");
        }
        return torch.cuda_is_available()
                ? Optional.empty()
                : Optional.of("CUDA finds no card; see whether 'nvidia-smi' does");
    }

    /** How many bytes a card has free. */
    public static long freeMemory(int card) {
        Loader.load(torch_cuda.class);
        torch_cuda.set_device((byte) card);
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            check(cudart.cudaMemGetInfo(free, total));
            return free.get();
        }
    }

    @Override
    public void rehearse(Runnable work) {
        onSide(work);
    }

    @Override
    public Recording record(Runnable work) {
        CUgraph_st graph = new CUgraph_st();
        try {
            onSide(() -> capture(work, graph));
            return new Graph(graph);
        } catch (CaptureException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CaptureException(firstLine(e), e);
        } finally {
            cudart.cudaGetLastError(); // a failure is told once, and not again by the next operation
        }
    }

    /** Between the usual stream's work and what comes after. */
    private void onSide(Runnable work) {
        CUDAStream usual = torch_cuda.getCurrentCUDAStream(card);
        torch_cuda.device_synchronize();
        torch_cuda.setCurrentCUDAStream(side);
        try {
            work.run();
        } finally {
            torch_cuda.setCurrentCUDAStream(usual);
            torch_cuda.device_synchronize();
        }
    }

    private void capture(Runnable work, CUgraph_st graph) {
        CUstream_st stream = side.stream();
        check(cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeRelaxed));
        boolean complete = false;
        try {
            work.run();
            complete = true;
        } finally {
            int ended = cudart.cudaStreamEndCapture(stream, graph);
            if (complete) {
                check(ended);
            } else if (!graph.isNull()) {
                cudart.cudaGraphDestroy(graph);
            }
        }
    }

    private static void check(int code) {
        if (code != 0) {
            throw new CaptureException(
                    "CUDA says: " + cudart.cudaGetErrorString(code).getString());
        }
    }

    /** Native messages are followed by the frames of a stack. */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    private final class Graph implements Recording {
        private final CUgraphExec_st executable = new CUgraphExec_st();
        private final long operations;

        Graph(CUgraph_st graph) {
            try (SizeTPointer count = new SizeTPointer(1)) {
                check(cudart.cudaGraphGetNodes(graph, (CUgraphNode_st) null, count));
                operations = count.get();
                check(cudart.cudaGraphInstantiate(executable, graph, 0));
            } finally {
                cudart.cudaGraphDestroy(graph);
            }
            executable.retainReference();
        }

        @Override
        public void replay() {
            check(cudart.cudaGraphLaunch(executable, torch_cuda.getCurrentCUDAStream(card).stream()));
        }

        @Override
        public long operations() {
            return operations;
        }

        @Override
        public void close() {
            cudart.cudaGraphExecDestroy(executable);
            executable.releaseReference();
        }
    }
}
