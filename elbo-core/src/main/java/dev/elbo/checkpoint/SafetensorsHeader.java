package dev.elbo.checkpoint;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file: where each tensor lies behind it, as in {@code {"bias":
 * {"dtype": "F32", "shape": [20], "data_offsets": [0, 80]}}}.
 *
 * @param tensors the places of the tensors by name
 * @param metadata text by name
 */
record SafetensorsHeader(Map<String, TensorSlice> tensors, Map<String, String> metadata) {
    /** The key of the metadata among the names of the tensors. */
    static final String METADATA = "__metadata__";

    /** The format's own limit, in bytes. */
    private static final int MAX_LENGTH = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /**
     * The header of a file; leaves the channel where the tensors begin.
     *
     * @throws InvalidFileException if there is none, or it does not describe the rest of the file exactly
     */
    static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
        try {
            SafetensorsHeader header = parse(text(channel, file), file);
            header.requireContiguous(channel.size() - channel.position(), file);
            return header;
        } catch (JsonProcessingException | CharacterCodingException damage) {
            String problem = "is damaged: its header is not the JSON of a safetensors file";
            throw new InvalidFileException(file.toString(), problem, InvalidFileException.REPLACE, damage);
        }
    }

    private static String text(FileChannel channel, Path file) throws IOException {
        InputStream in = Channels.newInputStream(channel);
        byte[] prefix = in.readNBytes(Long.BYTES);
        if (prefix.length < Long.BYTES) {
            throw new InvalidFileException(
                    file, "is truncated: it ends within its first 8 bytes", InvalidFileException.REPLACE);
        }
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_LENGTH) {
            String problem = "is not a safetensors file: its first 8 bytes promise a header of "
                    + Long.toUnsignedString(length) + " bytes";
            throw new InvalidFileException(file, problem, "Give a file that the safetensors library can load");
        }
        requireAtLeast(length, channel.size() - Long.BYTES, "a header", file);
        ByteBuffer text = ByteBuffer.wrap(in.readNBytes((int) length));
        return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    }

    private static SafetensorsHeader parse(String text, Path file) throws IOException {
        Map<String, TensorSlice> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = Map.of();
        try (JsonParser json = JSON.createParser(text)) {
            require(text.startsWith("{") && json.nextToken() == JsonToken.START_OBJECT, json);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                require(json.nextToken() == JsonToken.START_OBJECT, json);
                if (name.equals(METADATA)) {
                    metadata = metadata(json);
                } else {
                    tensors.put(name, json.readValueAs(TensorSlice.Json.class).slice(name, file));
                }
            }
            require(json.nextToken() == null, json);
        }
        return new SafetensorsHeader(tensors, metadata);
    }

    private static Map<String, String> metadata(JsonParser json) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            require(json.nextToken() == JsonToken.VALUE_STRING, json);
            metadata.put(name, json.getText());
        }
        return metadata;
    }

    private static void require(boolean expected, JsonParser json) throws JsonParseException {
        if (!expected) {
            throw new JsonParseException(json, "unexpected " + json.currentToken());
        }
    }

    /** No byte belongs to two tensors, and none to no tensor. */
    private void requireContiguous(long available, Path file) throws InvalidFileException {
        long end = 0;
        for (TensorSlice slice : inFileOrder()) {
            if (slice.begin() != end) {
                String problem = "is damaged: between its tensors, at byte " + count(end) + ", is a gap or an overlap";
                throw new InvalidFileException(file, problem, InvalidFileException.REPLACE);
            }
            end = slice.end();
        }
        requireAtLeast(end, available, "tensors", file);
        if (end < available) {
            String problem = "is damaged: it goes on after the " + count(end) + " bytes of its tensors";
            throw new InvalidFileException(file, problem, InvalidFileException.REPLACE);
        }
    }

    private List<TensorSlice> inFileOrder() {
        return tensors.values().stream()
                .sorted(Comparator.comparingLong(TensorSlice::begin).thenComparingLong(TensorSlice::end))
                .toList();
    }

    private static void requireAtLeast(long bytes, long available, String what, Path file) throws InvalidFileException {
        if (available < bytes) {
            String problem = "is truncated: it promises " + what + " of " + count(bytes) + " bytes, the file holds "
                    + count(available);
            throw new InvalidFileException(file, problem, InvalidFileException.REPLACE);
        }
    }

    private static String count(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }

    /** The header of a file with these tensors and metadata. */
    static SafetensorsHeader of(Map<String, HostArray> tensors, Map<String, String> metadata) {
        Map<String, TensorSlice> slices = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> slices.put(name, TensorSlice.of(tensor, 0)));
        long end = 0;
        for (Map.Entry<String, HostArray> tensor : widestFirst(tensors)) {
            TensorSlice slice = TensorSlice.of(tensor.getValue(), end);
            slices.put(tensor.getKey(), slice);
            end = slice.end();
        }
        return new SafetensorsHeader(slices, metadata);
    }

    /** The order of the tensors' bytes, which aligns each to its own elements without gaps. */
    static List<Map.Entry<String, HostArray>> widestFirst(Map<String, HostArray> tensors) {
        return tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        tensor -> -tensor.getValue().dtype().bytes()))
                .toList();
    }

    /** The bytes of a file up to its tensors, which begin at a multiple of 8. */
    ByteBuffer bytes() throws JsonProcessingException {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            json.put(METADATA, metadata);
        }
        tensors.forEach((name, slice) -> json.put(name, slice.json()));
        byte[] text = JSON.writeValueAsBytes(json);
        int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(text);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }
}
