package dev.elbo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings of a training from the command line; those that are changed most have options of their own. */
final class GivenSettings {
    @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
    private @Nullable String batch;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "Of matrix products: fp32, bf16, or tf32, which only NVIDIA cards have.")
    private @Nullable String precision;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            converter = Setting.Converter.class,
            description = "Another setting of the recipe or of the training; may be given several times.")
    private final List<Setting> others = new ArrayList<>();

    /** By name; may be added to. */
    Map<String, String> map() {
        Map<String, String> all = Setting.map(others);
        Setting.put("batch", batch, all);
        Setting.put("precision", precision, all);
        return all;
    }
}
