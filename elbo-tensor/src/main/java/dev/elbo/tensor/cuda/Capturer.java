package dev.elbo.tensor.cuda;

/**
 * Records what a device is given to do, so that it can be done again without the host: where operations take microseconds,
 * to ask for them takes longer than to do them.
 *
 * <pre>{@code
 * capturer.rehearse(work);                       // some times: what is set up and allocated on the way is then there
 * Recording recording = capturer.record(work);   // asked for, not done
 * recording.replay();                            // done, as often as one likes
 * }</pre>
 *
 * <p>Work that can be recorded reads nothing but tensors that stay where they are, and changes nothing else; it asks for
 * no value on the host. What it reads may be changed in place between replays.
 */
public interface Capturer {

    /** Does work where it will be recorded, and waits for it. */
    void rehearse(Runnable work);

    /**
     * Records work, which is not done.
     *
     * @throws CaptureException if it cannot be recorded; it is as if nothing had been tried
     */
    Recording record(Runnable work);

    /** Work that was recorded. */
    interface Recording extends AutoCloseable {
        /** Does it; what is asked of the device later comes after it. */
        void replay();

        /** How many operations it consists of. */
        long operations();

        /** Frees it. */
        @Override
        void close();
    }

    /** Work cannot be recorded. */
    final class CaptureException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public CaptureException(String reason, Throwable cause) {
            super(reason, cause);
        }

        /** Says why. */
        public CaptureException(String reason) {
            super(reason);
        }
    }
}
