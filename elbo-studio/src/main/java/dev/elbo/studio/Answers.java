package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What routes answer with. */
final class Answers {
    private Answers() {}

    static void json(Context answer, JsonNode json) {
        answer.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(json.toString());
    }

    static void png(Context answer, byte[] picture) {
        answer.header("Cache-Control", "no-store").contentType("image/png").result(picture);
    }

    static void gif(Context answer, byte[] animation) {
        answer.header("Cache-Control", "no-store").contentType("image/gif").result(animation);
    }

    static void bytes(Context answer, byte[] bytes) {
        answer.header("Cache-Control", "no-store")
                .contentType("application/octet-stream")
                .result(bytes);
    }

    /** Bytes to be written as a browser's typed arrays and WAV files have them. */
    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
