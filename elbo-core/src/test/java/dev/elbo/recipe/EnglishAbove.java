package dev.elbo.recipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The English text above each Chinese one of a file. */
final class EnglishAbove {
    private EnglishAbove() {}

    static Map<String, String> of(String file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OptionHelp.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            String above = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("# ")) {
                    above = line.substring(2);
                } else if (!line.isBlank()) {
                    texts.put(line.substring(0, line.indexOf('=')), above);
                }
            }
        }
        return texts;
    }
}
