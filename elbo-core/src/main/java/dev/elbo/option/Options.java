package dev.elbo.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.NearestName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The components of a record as named options. Components that are records themselves are opened, so
 * that their components stand beside the others'. Types are whole and real numbers, truth values, text,
 * enums, lists of whole numbers, and types with a {@code static parse(String)} that reads what their
 * {@code toString()} writes.
 *
 * @param <R> the record
 */
public final class Options<R extends Record> {
    private final R values;

    private Options(R values) {
        this.values = values;
    }

    /** The options of a record, with its values. */
    public static <R extends Record> Options<R> of(R values) {
        return new Options<>(values);
    }

    /**
     * One of the options.
     *
     * @param name of the component
     * @param value as it would be written
     * @param about what it does
     */
    public record Entry(String name, String value, String about) {}

    /** All of them, in the order of declaration. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = read(values, component);
            if (isGroup(component) && value instanceof Record inner) {
                entries.addAll(of(inner).entries());
            } else {
                About about = component.getAnnotation(About.class);
                entries.add(new Entry(component.getName(), write(value), about == null ? "" : about.value()));
            }
        }
        return entries;
    }

    /** Whether there is an option of this name. */
    public boolean has(String name) {
        return entries().stream().anyMatch(entry -> entry.name().equals(name));
    }

    /**
     * The record with some options set.
     *
     * @param texts values by name, as they are written
     * @throws IllegalArgumentException if a name is unknown, naming the nearest, or a value cannot be read
     */
    public R with(Map<String, String> texts) {
        Map<String, String> unused = new TreeMap<>(texts);
        R changed = rebuild(values, texts, unused);
        if (!unused.isEmpty()) {
            List<String> names = entries().stream().map(Entry::name).toList();
            throw new IllegalArgumentException(
                    NearestName.message("option", unused.keySet().iterator().next(), names));
        }
        return changed;
    }

    /** The options as a JSON object. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = read(values, component);
            if (isGroup(component) && value instanceof Record inner) {
                json.setAll(of(inner).toJson());
            } else {
                json.set(component.getName(), json(value));
            }
        }
        return json;
    }

    /** The options of a JSON object as {@link #with} takes them. */
    public static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    private static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.isObject() ? node.toString() : node.asText();
        }
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(text(item)));
        return String.join(",", items);
    }

    private static JsonNode json(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof List<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value instanceof Integer || value instanceof Long) {
            return nodes.numberNode(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return nodes.numberNode(number);
        }
        return value instanceof Boolean flag ? nodes.booleanNode(flag) : nodes.textNode(write(value));
    }

    private static <T extends Record> T rebuild(T record, Map<String, String> texts, Map<String, String> unused) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = read(record, components[i]);
            String name = components[i].getName();
            String text = texts.get(name);
            if (isGroup(components[i]) && value instanceof Record inner) {
                arguments[i] = rebuild(inner, texts, unused);
            } else if (text == null) {
                arguments[i] = value;
            } else {
                unused.remove(name);
                arguments[i] = parse(name, text, components[i].getGenericType());
            }
        }
        return construct(record, components, arguments);
    }

    private static String expected(Type type) {
        if (type instanceof ParameterizedType) {
            return "whole numbers with commas between them were expected";
        }
        return type == double.class ? "a number was expected" : "a whole number was expected";
    }

    private static Object parse(String name, String text, Type type) {
        try {
            if (type instanceof ParameterizedType) {
                return text.isBlank()
                        ? List.of()
                        : Arrays.stream(text.split(","))
                                .map(item -> Integer.valueOf(item.strip()))
                                .toList();
            }
            return parse(text.strip(), (Class<?>) type);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + text + ": " + expected(type), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "=" + text + ": " + e.getMessage(), e);
        }
    }

    private static Object parse(String text, Class<?> type) {
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class) {
            return truth(text);
        }
        if (type == String.class) {
            return text;
        }
        return type.isEnum() ? constant(text, type) : parsed(text, type);
    }

    /** By the type's own {@code static parse(String)}. */
    private static Object parsed(String text, Class<?> type) {
        try {
            return type.getMethod("parse", String.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bug: options of " + type + " cannot be read", e);
        }
    }

    private static IllegalArgumentException refusal(InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refusal) {
            return refusal;
        }
        throw new IllegalStateException("Bug: an option's value was refused by a failure", e);
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("write true or false");
        }
        return text.equals("true");
    }

    private static Object constant(String text, Class<?> type) {
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            if (write(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        List<String> names = Arrays.stream(constants).map(Options::write).toList();
        String question = NearestName.of(text, names)
                .map(name -> "did you mean '" + name + "'? Choose")
                .orElse("choose");
        throw new IllegalArgumentException(question + " one of " + String.join(", ", names));
    }

    private static String write(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(Options::write).toList());
        }
        return value instanceof Double number ? number(number) : String.valueOf(value);
    }

    /** A real number as options are written, without loss: 20, 0.0001, 1.0E-12. */
    public static String number(double value) {
        double size = Math.abs(value);
        return value == 0 || (size >= 1e-6 && size < 1e15)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    /** A component that is a record contributes its own components. */
    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord();
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Bug: component " + component + " cannot be read", e);
        }
    }

    @SuppressWarnings("unchecked") // the canonical constructor of T makes a T
    private static <T extends Record> T construct(T record, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bug: " + record.getClass() + " has no canonical constructor", e);
        }
    }
}
