package dev.elbo.train;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What TensorBoard plots: a file of records, each framed by its length and checksums (TensorFlow's
 * {@code record_writer.cc}), each a protocol buffer (TensorBoard's {@code event.proto} and {@code
 * summary.proto}). Times are in seconds since 1970.
 *
 * <pre>{@code
 * try (EventFile events = EventFile.create(run, startTime)) {
 *     events.scalar("train/negElbo", step, time, 104.2);
 * }
 * }</pre>
 */
public final class EventFile implements Closeable, Flushable {
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int IMAGE_HEIGHT = 1;
    private static final int IMAGE_WIDTH = 2;
    private static final int ENCODED_IMAGE = 4;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /**
     * The file of this machine and second in a directory. TensorBoard reads all such files of a
     * directory, so that a resumed run adds one.
     *
     * @param wallTime when the run started or resumed
     */
    public static EventFile create(Path directory, double wallTime) throws IOException {
        String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", (long) wallTime, host());
        OutputStream out =
                Files.newOutputStream(directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        EventFile events = new EventFile(new BufferedOutputStream(out));
        events.append(new ProtocolBuffer().float64(WALL_TIME, wallTime).text(FILE_VERSION, "brain.Event:2"));
        return events;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Adds a point to the curve {@code tag}. The value is stored as a float. */
    public void scalar(String tag, long step, double wallTime, double value) throws IOException {
        append(step, wallTime, new ProtocolBuffer().text(TAG, tag).float32(SIMPLE_VALUE, (float) value));
    }

    /** Adds a picture to the series {@code tag}; {@code png} is the file that shows it. */
    public void image(String tag, long step, double wallTime, byte[] png, int width, int height) throws IOException {
        ProtocolBuffer image = new ProtocolBuffer()
                .integer(IMAGE_HEIGHT, height)
                .integer(IMAGE_WIDTH, width)
                .bytes(ENCODED_IMAGE, png);
        append(step, wallTime, new ProtocolBuffer().text(TAG, tag).message(IMAGE, image));
    }

    /**
     * Adds a picture to the series {@code tag}.
     *
     * @param png the bytes of a PNG file, whose header says the size
     */
    public void image(String tag, long step, double wallTime, byte[] png) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(png); // width and height lie at bytes 16 and 20
        image(tag, step, wallTime, png, header.getInt(16), header.getInt(20));
    }

    /**
     * Adds a training to TensorBoard's table of hyperparameters. Its measures there are the scalars of the same directory.
     *
     * @param name of the training
     * @param settings by name; a number or a truth value is taken for what it says
     * @param wallTime when the training began
     */
    public void begin(String name, Map<String, String> settings, double wallTime) throws IOException {
        append(0, wallTime, Hyperparameters.begin(name, settings, wallTime));
    }

    /** Says in TensorBoard's table of hyperparameters that the training has ended. */
    public void end(boolean well, double wallTime) throws IOException {
        append(0, wallTime, Hyperparameters.end(well, wallTime));
    }

    private void append(long step, double wallTime, ProtocolBuffer value) throws IOException {
        ProtocolBuffer summary = new ProtocolBuffer().message(SUMMARY_VALUE, value);
        append(new ProtocolBuffer()
                .float64(WALL_TIME, wallTime)
                .integer(STEP, step)
                .message(SUMMARY, summary));
    }

    private void append(ProtocolBuffer event) throws IOException {
        byte[] payload = event.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + payload.length + 2 * Integer.BYTES);
        record.order(ByteOrder.LITTLE_ENDIAN).putLong(payload.length);
        record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
        record.put(payload).putInt(maskedCrc(payload, 0, payload.length));
        out.write(record.array());
    }

    /** Masked because the checksum of bytes that contain their own checksum is no good one. */
    private static int maskedCrc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** Hands what was added to the operating system, so that TensorBoard shows it. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
