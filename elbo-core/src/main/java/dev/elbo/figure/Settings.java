package dev.elbo.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as names and values: {@code {"beta": {"to": 1}}} is {@code beta.to = 1}. */
final class Settings {
    private Settings() {}

    static Map<String, String> flatten(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        collect("", node, settings);
        return settings;
    }

    private static void collect(String name, JsonNode node, Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), settings));
        } else if (!name.isEmpty()) {
            settings.put(name, text(node));
        }
    }

    static String text(JsonNode node) {
        if (node.isObject()) {
            return flatten(node).entrySet().stream()
                    .map(setting -> setting.getKey() + " " + setting.getValue())
                    .collect(Collectors.joining(", "));
        }
        if (!node.isArray()) {
            return node.isValueNode() ? node.asText() : node.toString();
        }
        return StreamSupport.stream(node.spliterator(), false)
                .map(Settings::text)
                .collect(Collectors.joining(containsObjects(node) ? "; " : ", "));
    }

    private static boolean containsObjects(JsonNode array) {
        return array.path(0).isObject();
    }
}
