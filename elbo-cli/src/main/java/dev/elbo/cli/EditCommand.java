package dev.elbo.cli;

import dev.elbo.edit.Direction;
import dev.elbo.edit.Directions;
import dev.elbo.edit.PictureEditor;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes attributes of a picture. */
@Command(
        name = "edit",
        description = {
            "Change attributes of a picture: its code moves along directions that 'directions' has found, and becomes a picture again.",
            "A strength of 1 is as far as examples with the attribute and those without it lie apart. The picture may be of any size.",
            "Of a folder, each of its pictures is changed alike, into a folder of PNG files of the same names."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} edit last photo.jpg --set smile=+2 --out smiling.png",
            "  ${ROOT-COMMAND-NAME} edit last photo.jpg --set age=-1 --set smile=1 --steps 7",
            "  ${ROOT-COMMAND-NAME} edit last photos --set smile=+2 --out smiling",
            "",
            "--json prints {\"file\": PATH, \"pictures\": N}; of a folder {\"folder\": PATH, \"files\": N}."
        })
final class EditCommand implements Callable<Integer> {
    @Mixin
    private final Retouching retouching;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture's file, or a folder of pictures.")
    private Path picture = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "ATTRIBUTE=STRENGTH",
            required = true,
            converter = Setting.Converter.class,
            description = "Which attribute, and how far: smile=+2, age=-1. May be said several times.")
    private final List<Setting> settings = new ArrayList<>();

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Pictures on the way, in a row, from what the model makes of the picture. Default: the last alone.")
    private int steps = 1;

    EditCommand(Console console) {
        this.retouching = new Retouching(console, ".png");
    }

    @Override
    public Integer call() throws IOException {
        new Range("--steps", 1, 100).require(steps);
        Map<String, Double> strengths = new LinkedHashMap<>();
        Setting.mapOnce("--set", settings).forEach((name, text) -> strengths.put(name, strength(name, text)));
        return Files.isDirectory(picture)
                ? retouching.writeEach(
                        "edited", picture, (editor, run, pixels) -> edited(editor, pixels, moves(run, strengths)))
                : retouching.write(
                        "edited",
                        (editor, run) -> edited(
                                editor, retouching.picture(picture, editor).pixels(), moves(run, strengths)));
    }

    private static Map<Direction, Double> moves(RunDirectory run, Map<String, Double> strengths) throws IOException {
        Directions directions = Retouching.directions(run);
        Map<Direction, Double> moves = new LinkedHashMap<>();
        strengths.forEach((name, strength) -> moves.put(directions.named(name), strength));
        return moves;
    }

    private HostArray edited(PictureEditor editor, HostArray pixels, Map<Direction, Double> moves) {
        Map<String, HostArray> code = editor.encode(pixels);
        return HostArray.concat(IntStream.range(0, steps)
                .mapToObj(step -> {
                    Map<String, HostArray> moved = code;
                    for (Map.Entry<Direction, Double> move : moves.entrySet()) {
                        double part = steps == 1 ? 1 : step / (steps - 1.0);
                        moved = move.getKey().moved(moved, part * move.getValue());
                    }
                    return editor.decode(moved);
                })
                .toList());
    }

    private static double strength(String name, String text) {
        try {
            double strength = Double.parseDouble(text.strip());
            if (Math.abs(strength) <= 100) {
                return strength;
            }
        } catch (NumberFormatException isNone) {
            throw new IllegalArgumentException(
                    "--set " + name + "=" + text + ": a number was expected, as in " + name + "=+2", isNone);
        }
        throw new IllegalArgumentException("--set " + name + "=" + text + ": a strength is from -100 to 100");
    }
}
