package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Ground;
import dev.elbo.data.UploadedPicture;
import dev.elbo.edit.Directions;
import dev.elbo.edit.PictureEditor;
import dev.elbo.exhibit.Showing;
import dev.elbo.figure.ImageGrid;
import dev.elbo.figure.Png;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A run of pictures, and what commands that change a picture with it have in common. */
final class Retouching {
    private final Console console;
    private final List<String> endings;

    @Mixin
    private final LoadedRun run;

    @Option(
            names = "--given",
            paramLabel = "FIELD=VALUE",
            converter = Setting.Converter.class,
            description = "What a conditional model is given: of which class the picture is, as in label=7.")
    private final List<Setting> given = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The file to write, or of a folder the folder. Default: one in the run's figures; of a shipped model, in this"
                            + " directory.")
    private @Nullable Path out;

    @Mixin
    private final Json json = new Json();

    /** @param endings those that the name of the written file can have */
    Retouching(Console console, String... endings) {
        this.console = console;
        this.endings = List.of(endings);
        this.run = new LoadedRun(console);
    }

    /** A change of pictures by an editor. */
    @FunctionalInterface
    interface Work {
        /** Makes pictures, FLOAT32 [N, C, H, W]. */
        HostArray made(PictureEditor editor, RunDirectory run) throws IOException;
    }

    /**
     * Does it, and writes what comes of it: one picture as it is, several in a row.
     *
     * @param name of the file, unless another was asked for
     * @return the command's exit code
     */
    int write(String name, Work work) throws IOException {
        return write(name, work, Retouching::draw);
    }

    private static void draw(HostArray pictures, Path file) throws IOException {
        if (pictures.shape().size(0) == 1) {
            Png.write(Png.pictures(pictures).get(0), file);
        } else {
            ImageGrid.of(pictures)
                    .columns((int) pictures.shape().size(0))
                    .build()
                    .write(file);
        }
    }

    /** Writes pictures to a file. */
    @FunctionalInterface
    interface Writing {
        void write(HostArray pictures, Path file) throws IOException;
    }

    /** The same, written as is said. */
    int write(String name, Work work, Writing writing) throws IOException {
        validate();
        try (Opened opened = run.openWithoutData()) {
            HostArray pictures = work.made(editor(opened.showing()), opened.run());
            Path file = out == null ? opened.run().place("figures/" + name + endings.get(0)) : out;
            createFolderOf(file);
            writing.write(pictures, file);
            say(file, pictures.shape().size(0));
        }
        return 0;
    }

    private static void createFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** A change of one picture among several. */
    @FunctionalInterface
    interface EachWork {
        /**
         * Makes pictures, FLOAT32 [N, C, H, W].
         *
         * @param pixels of the picture, FLOAT32 [1, C, H, W]
         */
        HostArray made(PictureEditor editor, RunDirectory run, HostArray pixels) throws IOException;
    }

    /**
     * Does it with each picture of a folder, and writes what comes of it into another, under the same name.
     *
     * @param name of the folder that is written, unless another was asked for
     * @return the command's exit code
     */
    int writeEach(String name, Path folder, EachWork work) throws IOException {
        requireOtherFolder(folder);
        try (Opened opened = run.openWithoutData()) {
            PictureEditor editor = editor(opened.showing());
            Path into = out == null ? opened.run().place("figures/" + name) : out;
            List<Path> files = UploadedPicture.in(folder);
            for (Path file : files) {
                String plain = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
                Path written = into.resolve(plain + endings.get(0));
                createFolderOf(written);
                draw(work.made(editor, opened.run(), picture(file, editor).pixels()), written);
            }
            if (json.isWanted()) {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                console.say(node.put("folder", into.toString()).put("files", files.size()));
            } else {
                console.say(into.toString());
            }
        }
        return 0;
    }

    /** Neither a file's name nor the folder itself, whose pictures would be lost. */
    private void requireOtherFolder(Path folder) throws IOException {
        if (out == null) {
            return;
        }
        if (endings.stream().anyMatch(out.toString()::endsWith)) {
            throw new IllegalArgumentException(
                    "--out " + out + ": " + folder + " is a folder, and so must be what is made of it");
        }
        if (Files.exists(out) && Files.isSameFile(out, folder)) {
            throw new IllegalArgumentException("--out " + out
                    + ": the pictures would take the place of those that they are made of; name another folder");
        }
    }

    private void validate() {
        if (out != null && endings.stream().noneMatch(out.toString()::endsWith)) {
            throw new IllegalArgumentException(
                    "--out " + out + ": the file's name must end in " + String.join(" or ", endings));
        }
    }

    private PictureEditor editor(Showing showing) {
        Map<String, String> conditions = Setting.mapOnce("--given", given);
        List<String> needed = showing.signature().conditions();
        if (conditions.isEmpty() && !needed.isEmpty()) {
            throw new IllegalArgumentException("this model is given " + String.join(" and ", needed)
                    + ": say what it is of the picture, as in --given " + needed.get(0) + "=VALUE");
        }
        return PictureEditor.of(showing.generator(), needed.isEmpty() ? Map.of() : showing.conditions(conditions, 1));
    }

    /** A picture from anywhere, as the model knows it; what was done to it is said. */
    UploadedPicture picture(Path file, PictureEditor editor) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no picture " + file);
        }
        UploadedPicture picture = UploadedPicture.read(file, editor.image(), Ground.WHITE);
        picture.notes().forEach(console::note);
        return picture;
    }

    /**
     * The directions of a run.
     *
     * @throws IllegalArgumentException with the command that finds them, if none are kept
     */
    static Directions directions(RunDirectory run) throws IOException {
        Directions kept = Directions.read(run.made(Directions.FILE));
        if (kept.all().isEmpty()) {
            throw new IllegalArgumentException("no directions of this run are kept: find them by ./elbo directions "
                    + (run.isShipped() ? "model:" + run.path().getFileName() : run.path()) + " --by label");
        }
        return kept;
    }

    private void say(Path file, long count) {
        if (json.isWanted()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            console.say(node.put("file", file.toString()).put("pictures", count));
        } else {
            console.say(file.toString());
        }
    }
}
