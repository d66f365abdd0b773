package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.InvalidFileException;
import dev.elbo.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RunConfigPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "2.5",
            "1e308",
            "12345678901234567890",
            "5000000000",
            "\"\"",
            "\"vae\"",
            "\"NaN\"",
            "\"linear(0,1,0)\"",
            "\"\\u0000/\"",
            "[]",
            "[1,2]",
            "[[],{}]",
            "[\"x\",null]",
            "{}",
            "{\"name\":{}}");

    /** Whatever of a configuration is changed, it is read as what it says, or refused with a message. */
    @Property(tries = 1000)
    void aChangedConfigurationIsReadOrRefused(@ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes)
            throws IOException {
        String[] names = {"vae", "conv-vae", "cvae", "beta-vae", "iwae"};
        ObjectNode json = RunConfig.of(Recipes.named(names[random.nextInt(names.length)]), "mnist", 1, Map.of())
                .toJson();
        for (int i = 0; i < changes; i++) {
            change(json, random);
        }
        Path file = Files.createTempFile("config", ".json");
        try {
            readOrRefuse(Files.writeString(file, json.toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static void change(ObjectNode json, Random random) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        collect(json, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "s", value);
            default -> object.set(name, value);
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> collect(child, objects));
        }
    }

    private static void readOrRefuse(Path file) throws IOException {
        try {
            RunConfig read = RunConfig.read(file);
            Files.writeString(file, read.toJson().toString());
            assertThat(RunConfig.read(file)).isEqualTo(read);
            assertThat(read.recipe().training()).isNotNull();
        } catch (InvalidFileException refusal) {
            assertThat(refusal)
                    .hasMessageStartingWith(file + " ")
                    .hasMessageMatching("(?s).*[^.]\\. (Repair it, or choose another run|Update Elbo)\\.");
        }
    }
}
