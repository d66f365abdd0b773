package dev.elbo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A name and a value, as {@code beta=linear(0, 1, 10)} writes them.
 *
 * @param value whatever stands behind the first equals sign
 */
record Setting(String name, String value) {

    /** By name; of those of one name the last counts. */
    static Map<String, String> map(List<Setting> settings) {
        Map<String, String> map = new LinkedHashMap<>();
        settings.forEach(setting -> map.put(setting.name, setting.value));
        return map;
    }

    /**
     * By name, each given once.
     *
     * @param option that gave them
     */
    static Map<String, String> mapOnce(String option, List<Setting> settings) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Setting setting : settings) {
            String before = map.put(setting.name, setting.value);
            if (before != null) {
                throw new IllegalArgumentException(option + " " + setting.name + "=" + before + " and " + setting.name
                        + "=" + setting.value + ": give one value, or leave it out to have all of them");
            }
        }
        return map;
    }

    /** Adds one that has an option of its own, if that was given. */
    static void put(String name, @Nullable String value, Map<String, String> settings) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<Setting> {
        @Override
        public Setting convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException("'" + text + "' is no name=value");
            }
            return new Setting(text.substring(0, equals).strip(), text.substring(equals + 1));
        }
    }
}
