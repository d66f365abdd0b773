package dev.elbo.cli;

import dev.elbo.exhibit.SampleFiles;
import dev.elbo.exhibit.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws images from the prior. */
@Command(
        name = "sample",
        description = "Draw images from the prior.",
        footer = {
            "",
            "A seven on demand, of a run of recipe cvae: ${ROOT-COMMAND-NAME} sample last --given label=7",
            "A thousand single pictures: ${ROOT-COMMAND-NAME} sample last --count 1000 --as png --out samples/",
            "An attribute, in the units of the data: ${ROOT-COMMAND-NAME} sample last --given smile=1"
        })
final class SampleCommand implements Callable<Integer> {
    @Mixin
    private final Drawing drawing;

    @Option(
            names = "--as",
            paramLabel = "png|wav|npy",
            description = {
                "For other programs: png or wav, a file for each in a folder; npy, one array, pictures [N, C, H, W]"
                        + " in 0 … 1. --out is the folder, or the .npy file; default: samples in the run's directory.",
                "With --json, of single files: {\"folder\": ..., \"files\": N}."
            })
    private SampleFiles.@Nullable Form form;

    @Option(names = "--count", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int count = 100;

    @Option(
            names = "--given",
            paramLabel = "FIELD=VALUE",
            converter = Setting.Converter.class,
            description =
                    "What a conditional model is given: a class, as in label=7, or a number by the name of its column, as in"
                            + " smile=1. Default: all classes in turn, and the mean of numbers.")
    private final List<Setting> given = new ArrayList<>();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Stretches the prior about its mean: below 1 less varied. Default: ${DEFAULT-VALUE}.")
    private double temperature = 1;

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    SampleCommand(Console console) {
        this.drawing = new Drawing(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        new Range("--temperature", 0, 1000).require(temperature);
        Map<String, String> conditions = Setting.mapOnce("--given", given);
        Samples samples = new Samples(count, conditions, temperature, seed);
        return form == null ? drawing.draw(samples, fileName(), false) : drawing.write(samples, form);
    }

    /** As in samples-label-7.png. */
    private String fileName() {
        StringBuilder name = new StringBuilder("samples");
        given.forEach(
                setting -> name.append('-').append(setting.name()).append('-').append(setting.value()));
        return name.toString().replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
