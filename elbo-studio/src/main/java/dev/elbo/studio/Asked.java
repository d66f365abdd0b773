package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for: a JSON object whose parts are looked at before they are used.
 *
 * @param json an object
 */
record Asked(JsonNode json) {
    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_TEXT = 4000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a request's body.
     *
     * @throws Refusal if it is larger than any that the pages send
     * @throws IllegalArgumentException if it is no object
     */
    static Asked of(Context request) throws IOException {
        return of(request.bodyAsBytes());
    }

    /** Reads JSON. */
    static Asked of(byte[] body) throws IOException {
        if (body.length > LARGEST) {
            throw Refusal.tooLarge("the request has " + body.length + " bytes; at most " + LARGEST + " are read");
        }
        return withFile(body);
    }

    /** Reads JSON that may hold a file, and so is as large as the server lets in. */
    static Asked withFile(byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body.length == 0 ? new byte[] {'{', '}'} : body);
        if (!json.isObject()) {
            throw new IllegalArgumentException("a JSON object was expected; send {…}");
        }
        return new Asked(json);
    }

    /** A text; empty if it is not given. */
    String text(String name) {
        JsonNode node = json.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is to be a text; got " + node);
        }
        String text = node.asText("");
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("'" + name + "' has " + text.length() + " characters; at most "
                    + LONGEST_TEXT + " are read. Shorten it");
        }
        return text;
    }

    /** Texts; none if they are not given. */
    List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        items(name, most)
                .forEach(item -> texts.add(new Asked(JSON.createObjectNode().set(name, item)).text(name)));
        return texts;
    }

    private JsonNode items(String name, int most) {
        JsonNode node = json.path(name);
        if (!node.isMissingNode() && !node.isArray()) {
            throw new IllegalArgumentException("'" + name + "' is to be a list; got " + node);
        }
        if (node.size() > most) {
            throw new IllegalArgumentException(
                    "'" + name + "' has " + node.size() + " items; at most " + most + " are taken");
        }
        return node;
    }

    /** A number within bounds, or else another if none is given. */
    double number(String name, double otherwise, double least, double most) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.asDouble() >= least && node.asDouble() <= most)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is to be a number from " + least + " to " + most + "; got " + node);
        }
        return node.asDouble();
    }

    /** A whole number within bounds, or else another if none is given. */
    int whole(String name, int otherwise, int least, int most) {
        double number = number(name, otherwise, least, most);
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException("'" + name + "' is to be a whole number; got " + number);
        }
        return (int) number;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    /** Whole numbers from 0. */
    int[] rows(String name, int most, long size) {
        JsonNode items = items(name, most);
        int[] rows = new int[items.size()];
        for (int i = 0; i < rows.length; i++) {
            JsonNode item = items.path(i);
            if (!item.isInt() || item.asInt() < 0 || item.asInt() >= size) {
                throw new IllegalArgumentException(
                        "'" + name + "' are to be whole numbers from 0 to " + (size - 1) + "; got " + item);
            }
            rows[i] = item.asInt();
        }
        return rows;
    }

    /** Points, a list of numbers each, one after the other. */
    float[] points(String name, int dimensions, int most) {
        JsonNode items = items(name, most);
        float[] points = new float[items.size() * dimensions];
        for (int i = 0; i < items.size(); i++) {
            JsonNode point = items.path(i);
            if (!point.isArray() || point.size() != dimensions) {
                throw new IllegalArgumentException("a point of '" + name + "' is to have " + dimensions
                        + " numbers; got " + (point.isArray() ? String.valueOf(point.size()) : point));
            }
            for (int d = 0; d < dimensions; d++) {
                points[i * dimensions + d] = finite(name, point.path(d));
            }
        }
        return points;
    }

    /** Exactly so many numbers. */
    float[] numbers(String name, int count, int most) {
        JsonNode items = items(name, most);
        if (items.size() != count) {
            throw new IllegalArgumentException("'" + name + "' is to have " + count + " numbers; got " + items.size());
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = finite(name, items.path(i));
        }
        return numbers;
    }

    /** So many bytes, sent as base64. */
    byte[] bytes(String name, int count) {
        String text = json.path(name).asText("");
        if (!text.matches("[A-Za-z0-9+/]*={0,2}") || text.length() != (count + 2) / 3 * 4) {
            throw new IllegalArgumentException("'" + name + "' is to be " + count + " bytes as base64, "
                    + (count + 2) / 3 * 4 + " characters; got " + text.length());
        }
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length != count) {
            throw new IllegalArgumentException(
                    "'" + name + "' is to be " + count + " bytes as base64; got " + bytes.length);
        }
        return bytes;
    }

    /** A file, sent as base64; empty if it is not given. */
    byte[] file(String name) {
        try {
            return Base64.getDecoder().decode(json.path(name).asText(""));
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException("'" + name + "' is to be a file as base64", other);
        }
    }

    private static float finite(String name, JsonNode number) {
        float value = (float) number.asDouble(Double.NaN);
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("'" + name + "' is to be made of numbers; got " + number);
        }
        return value;
    }

    /** Texts by name, as settings are; numbers and truth values as they are written. */
    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        JsonNode node = json.path(name);
        if (!node.isMissingNode() && !node.isObject()) {
            throw new IllegalArgumentException("'" + name + "' is to be an object; got " + node);
        }
        node.properties().forEach(entry -> {
            if (!entry.getValue().isValueNode() || entry.getValue().asText().length() > LONGEST_TEXT) {
                throw new IllegalArgumentException("'" + entry.getKey() + "' is to be a text or a number");
            }
            map.put(entry.getKey(), entry.getValue().asText());
        });
        return map;
    }
}
