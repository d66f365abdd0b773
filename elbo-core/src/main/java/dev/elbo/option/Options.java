package dev.elbo.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The components of a record as named options. Components that are records themselves are opened, so
 * that their components stand beside the others', under names of their own or those that {@link Prefixed} makes. Types are
 * whole and real numbers, truth values, text, enums, lists of whole numbers, and types, interfaces among them, with a {@code
 * static parse(String)} that reads what their {@code toString()} writes.
 *
 * @param <R> the record
 */
public final class Options<R extends Record> {
    private static final Set<Class<?>> SIMPLE =
            Set.of(int.class, long.class, double.class, boolean.class, String.class);

    /** A {@code static parse(String)} for each type that has one; to search for it takes longer than to call it. */
    private static final ClassValue<Optional<Method>> PARSERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals("parse")
                            && Modifier.isStatic(method.getModifiers())
                            && type.isAssignableFrom(method.getReturnType())
                            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                    .findFirst();
        }
    };

    private final R values;
    private final List<Option> options = new ArrayList<>();

    /**
     * One of the options.
     *
     * @param name of the component, behind its prefix if it has one
     * @param component what it is in the code
     */
    private record Option(String name, RecordComponent component, Object value) {
        Entry entry() {
            About about = component.getAnnotation(About.class);
            return new Entry(name, write(value), about == null ? "" : about.value());
        }

        String described() {
            return "'" + component.getName() + "' of "
                    + component.getDeclaringRecord().getSimpleName();
        }
    }

    private Options(R values) {
        this.values = values;
        collect(values, "");
    }

    private void collect(Record record, String prefix) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(record, component);
            if (isGroup(component) && value instanceof Record inner) {
                collect(inner, prefixOf(component, prefix));
            } else {
                options.add(new Option(prefix + component.getName(), component, value));
            }
        }
    }

    /** What the names of a group's options begin with. */
    private static String prefixOf(RecordComponent group, String prefix) {
        Prefixed prefixed = group.getAnnotation(Prefixed.class);
        return prefixed == null ? prefix : prefix + prefixed.value() + ".";
    }

    /**
     * The options of a record, with its values.
     *
     * @throws IllegalArgumentException if two have one name, or one cannot be written and read
     */
    public static <R extends Record> Options<R> of(R values) {
        Options<R> options = new Options<>(values);
        options.options.forEach(Options::requireReadable);
        options.requireDistinct();
        return options;
    }

    private void requireDistinct() {
        Set<String> names = new HashSet<>();
        options.forEach(option -> {
            if (!names.add(option.name())) {
                throw new IllegalArgumentException("two options of "
                        + values.getClass().getSimpleName()
                        + " have the name '" + option.name() + "': rename one, or put @Prefixed on the component whose"
                        + " options are to have another");
            }
        });
    }

    /** What is written into a configuration must come back from it. */
    private static void requireReadable(Option option) {
        RecordComponent component = option.component();
        if (!isReadable(component.getGenericType())) {
            throw new IllegalArgumentException(option.described() + " is a "
                    + component.getGenericType().getTypeName()
                    + ", which is no option: take int, long, double, boolean,"
                    + " String, an enum, List<Integer>, a record of options, or a type with a static parse(String)");
        }
        if (component.isAnnotationPresent(Prefixed.class)) {
            throw new IllegalArgumentException(
                    option.described() + " is a single option, and @Prefixed is for a record of them");
        }
        if (parser(component.getType()).isPresent() && !isReadBack(option.value(), component.getType())) {
            throw new IllegalArgumentException(option.described() + " is written as '" + write(option.value())
                    + "', which is not read as the same; let toString() write what parse(String) reads");
        }
    }

    private static boolean isReadable(Type type) {
        if (!(type instanceof Class<?> plain)) {
            return type instanceof ParameterizedType list
                    && list.getRawType() == List.class
                    && list.getActualTypeArguments()[0] == Integer.class;
        }
        return SIMPLE.contains(plain) || plain.isEnum() || parser(plain).isPresent();
    }

    private static boolean isReadBack(Object value, Class<?> type) {
        try {
            return parsed(write(value), type).equals(value);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /**
     * An option as it is listed.
     *
     * @param name of the component, behind its prefix if it has one
     * @param value as it would be written
     * @param about what it does
     */
    public record Entry(String name, String value, String about) {}

    /** All of them, in the order of declaration. */
    public List<Entry> entries() {
        return options.stream().map(Option::entry).toList();
    }

    /** The values that an option may have, as they are written, where they are few: of an enum and of a truth value; else none. */
    public List<String> choices(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .map(option -> choices(option.component().getType()))
                .orElse(List.of());
    }

    private static List<String> choices(Class<?> type) {
        if (type == boolean.class) {
            return List.of("false", "true");
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(Options::write).toList()
                : List.of();
    }

    /** Whether there is an option of this name. */
    public boolean has(String name) {
        return options.stream().anyMatch(option -> option.name().equals(name));
    }

    /**
     * The record with some options set.
     *
     * @param texts values by name, as they are written
     * @throws IllegalArgumentException if a name is unknown, naming the nearest, or a value cannot be read
     */
    public R with(Map<String, String> texts) {
        Map<String, String> unused = new TreeMap<>(texts);
        R changed = rebuild(values, "", texts, unused);
        if (!unused.isEmpty()) {
            List<String> names = options.stream().map(Option::name).toList();
            throw new IllegalArgumentException(
                    NearestName.message("option", unused.keySet().iterator().next(), names));
        }
        return changed;
    }

    /** The options as a JSON object. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        options.forEach(option -> json.set(option.name(), json(option.value())));
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

    private static <T extends Record> T rebuild(
            T record, String prefix, Map<String, String> texts, Map<String, String> unused) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = read(record, components[i]);
            String name = prefix + components[i].getName();
            String text = texts.get(name);
            if (isGroup(components[i]) && value instanceof Record inner) {
                arguments[i] = rebuild(inner, prefixOf(components[i], prefix), texts, unused);
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
        Method parser = parser(type).orElseThrow(() -> new IllegalStateException("Bug: options cannot be " + type));
        try {
            parser.setAccessible(true);
            return parser.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Bug: " + parser + " cannot be called", e);
        }
    }

    private static Optional<Method> parser(Class<?> type) {
        return PARSERS.get(type);
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

    /** A component that is a record contributes its own components, unless it can be read as a whole. */
    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord() && parser(component.getType()).isEmpty();
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
