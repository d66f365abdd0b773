package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.data.Ground;
import dev.elbo.data.Split;
import dev.elbo.data.UploadedPicture;
import dev.elbo.edit.PictureEditor;
import dev.elbo.figure.ImageGrid;
import dev.elbo.model.Variable;
import dev.elbo.run.CodeSpace;
import dev.elbo.run.PictureSpace;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Pictures of a split that are near others.
 *
 * @param field of the pictures
 * @param split its name
 */
record PictureNeighbours(Session session, String field, String split, By by, int count) {
    /** The distance by which pictures are near. */
    enum By {
        PIXELS,
        CODE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * For a run of pictures.
     *
     * @throws IllegalArgumentException if it is one of something else
     */
    static PictureNeighbours of(Session session, String split, By by, int count) {
        String field = session.model().signature().observed().get(0);
        if (!(session.spec().field(field) instanceof Field.Image)) {
            throw new IllegalArgumentException("this is no model of pictures: it is one of '" + field + "', "
                    + session.spec().field(field).kind() + "; give --text for one of sentences");
        }
        return new PictureNeighbours(session, field, split, by, count);
    }

    /** Pictures that the model makes of chance. */
    HostArray samples(int samples, long seed) {
        return Objects.requireNonNull(session.generator()
                        .samples(samples, session.showing().conditions(Map.of(), samples), 1, seed)
                        .get(field))
                .pictures()
                .orElseThrow();
    }

    /** A picture from anywhere, as the model knows it. */
    HostArray read(Path file, Consumer<String> notes) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no picture " + file);
        }
        UploadedPicture picture =
                UploadedPicture.read(file, (Field.Image) session.spec().field(field), Ground.WHITE);
        picture.notes().forEach(notes);
        return picture.pixels();
    }

    private Split rows() {
        return session.split(split);
    }

    List<List<CodeSpace.Near>> nearest(HostArray pictures) {
        if (by == By.PIXELS) {
            return new PictureSpace(rows().field(field)).nearest(pictures, count);
        }
        if (!session.model().signature().conditions().isEmpty()) {
            throw new IllegalArgumentException(
                    "the code of a picture is another for each condition of this model, so that its neighbours are not told; use --by pixels");
        }
        CodeSpace codes = new CodeSpace(session.codes(split));
        PictureEditor editor = PictureEditor.of(session.generator(), Map.of());
        return IntStream.range(0, (int) pictures.shape().size(0))
                .mapToObj(i -> codes.nearest(code(editor, pictures.rows(i, i + 1L)), count))
                .toList();
    }

    /** The latents of a picture side by side. */
    private float[] code(PictureEditor editor, HostArray picture) {
        Map<String, HostArray> latents = editor.encode(picture);
        List<Double> code = new ArrayList<>();
        for (Variable latent : session.model().signature().latents()) {
            for (double number :
                    Objects.requireNonNull(latents.get(latent.name())).toDoubles()) {
                code.add(number);
            }
        }
        float[] numbers = new float[code.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = code.get(i).floatValue();
        }
        return numbers;
    }

    /** A row for each picture: itself in a frame, then its neighbours. */
    Path draw(HostArray pictures, List<List<CodeSpace.Near>> near, Path file) throws IOException {
        List<HostArray> all = new ArrayList<>();
        for (int i = 0; i < near.size(); i++) {
            all.add(pictures.rows(i, i + 1L));
            all.add(unit(rows().field(field)
                    .select(near.get(i).stream().mapToLong(CodeSpace.Near::row).toArray())));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return ImageGrid.of(HostArray.concat(all))
                .columns(near.get(0).size() + 1)
                .framedColumns(Set.of(0))
                .caption("nearest of " + split + ", by " + by)
                .build()
                .write(file);
    }

    private static HostArray unit(HostArray pictures) {
        if (pictures.dtype().isFloatingPoint()) {
            return pictures;
        }
        double[] levels = pictures.toDoubles();
        float[] unit = new float[levels.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (levels[i] / 255);
        }
        return HostArray.of(unit, pictures.shape().sizes());
    }

    /** The neighbours of each picture, with their distances. */
    ArrayNode told(List<List<CodeSpace.Near>> near) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (List<CodeSpace.Near> neighbours : near) {
            ArrayNode list = all.addArray();
            neighbours.forEach(one -> tell(one, list.addObject()));
        }
        return all;
    }

    private void tell(CodeSpace.Near one, ObjectNode node) {
        node.put("row", one.row()).put("distance", one.distance());
        Split rows = rows();
        if (session.spec().fields().get("label") instanceof Field.Category category
                && rows.fields().containsKey("label")) {
            long label = rows.field("label").rows(one.row(), one.row() + 1L).toLongs()[0];
            node.put("label", category.names().get((int) label));
        }
        if (!rows.names().isEmpty()) {
            node.put("file", rows.names().get(one.row()));
        }
    }
}
