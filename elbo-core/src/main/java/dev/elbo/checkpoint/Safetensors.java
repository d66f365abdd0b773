package dev.elbo.checkpoint;

import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays in a file that every framework reads and that can run no code: the length of a header,
 * the header in JSON, then the arrays' elements, little-endian, row-major and without gaps (<a
 * href="https://github.com/huggingface/safetensors#format">the format</a>).
 *
 * <pre>{@code
 * new Safetensors(Map.of("decoder.0.weight", weight), Map.of("format", "pt")).write(file);
 * HostArray weight = Safetensors.read(file).tensors().get("decoder.0.weight");
 * }</pre>
 *
 * @param tensors the arrays by name, in the order of the header
 * @param metadata what else is said about them, text by name
 */
public record Safetensors(Map<String, HostArray> tensors, Map<String, String> metadata) {
    /** Bytes per write: the JVM copies each write to memory outside its heap first. */
    private static final int CHUNK = 1 << 20;

    /**
     * Copies the maps, not the arrays.
     *
     * @throws IllegalArgumentException if a tensor has the name that the format reserves for metadata
     */
    public Safetensors {
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                    "no tensor can have the name " + SafetensorsHeader.METADATA + "; rename it");
        }
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads the header of a file; the arrays are views of the mapped file, so that only those in use
     * take memory.
     *
     * @throws InvalidFileException if the file is not safetensors, is damaged, is longer or shorter than
     *     its header says, or holds a tensor of a type or size that {@link HostArray} cannot have
     */
    public static Safetensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel, file);
            long start = channel.position();
            Map<String, HostArray> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, TensorSlice> tensor : header.tensors().entrySet()) {
                tensors.put(tensor.getKey(), tensor.getValue().map(channel, start));
            }
            return new Safetensors(tensors, header.metadata());
        }
    }

    /**
     * Writes a new file in the place of any that is there. A crash may leave part of it.
     *
     * @see #write(WritableByteChannel)
     */
    public void write(Path file) throws IOException {
        Files.deleteIfExists(file); // a new file: arrays may still be views of the old one
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            write(channel);
        }
    }

    /** Writes the bytes of a file to a channel, for a caller that has to force or digest them. */
    public void write(WritableByteChannel channel) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.of(tensors, metadata);
        write(header.bytes(), channel);
        for (Map.Entry<String, HostArray> tensor : SafetensorsHeader.widestFirst(tensors)) {
            write(tensor.getValue().bytes(), channel);
        }
    }

    private static void write(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer chunk = bytes.slice(bytes.position(), Math.min(CHUNK, bytes.remaining()));
            bytes.position(bytes.position() + channel.write(chunk));
        }
    }
}
