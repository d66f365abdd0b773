package dev.elbo.nn;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The components of a record, read and put together again by reflection. */
final class Components {
    private Components() {}

    /**
     * The components by name, in the order of declaration.
     *
     * @throws IllegalStateException if it is no record
     */
    static Map<String, Object> of(Object record) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (RecordComponent component : declared(record)) {
            components.put(component.getName(), value(record, component));
        }
        return components;
    }

    /**
     * A record of the same class with other values.
     *
     * @param values of the components, in the order of declaration
     * @throws IllegalStateException if the constructor refuses them
     */
    static <R> R rebuild(R record, Collection<Object> values) {
        Class<?>[] types =
                Arrays.stream(declared(record)).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // the canonical constructor of R makes an R
            Constructor<R> constructor = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException("Bug: " + record.getClass() + " cannot be copied", e);
        }
    }

    private static RecordComponent[] declared(Object record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalStateException(
                    "Bug: " + record.getClass() + " is a module but no record; override state()");
        }
        return components;
    }

    private static Object value(Object record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bug: component " + component + " cannot be read", e);
        }
    }
}
