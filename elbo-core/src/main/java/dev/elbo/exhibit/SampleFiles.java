package dev.elbo.exhibit;

import dev.elbo.data.Npy;
import dev.elbo.figure.Png;
import dev.elbo.figure.Waves;
import dev.elbo.figure.WholeFile;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Samples for other programs: one array, or a file for each.
 *
 * @param shown the samples
 * @param given what each was drawn given, INT64 [N] by condition
 * @param classes names of the conditions' values
 */
public record SampleFiles(Shown shown, Map<String, HostArray> given, Map<String, List<String>> classes) {
    /** The forms in which samples are written. */
    public enum Form {
        /** A picture for each, with its own pixels: grey as grey, and nothing beside them. */
        PNG,
        /** A recording for each. */
        WAV,
        /** One array: pictures FLOAT32 [N, C, H, W] in 0 … 1, sound FLOAT32 [N, T] in −1 … 1. */
        NPY;

        /** As it is typed: {@code png}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the maps. */
    public SampleFiles {
        given = new LinkedHashMap<>(given);
        classes = Map.copyOf(classes);
    }

    /**
     * Refuses a form that such samples do not have.
     *
     * @throws IllegalArgumentException naming those that they have
     */
    public void require(Form form) {
        List<Form> fitting = fitting();
        if (!fitting.contains(form)) {
            throw new IllegalArgumentException("these samples cannot be written as " + form + ": they are "
                    + (fitting.isEmpty()
                            ? "lines of text; leave out --as, and write them with --out FILE.txt"
                            : fitting.get(0) == Form.PNG
                                    ? "pictures; choose --as png or npy"
                                    : "sound; choose --as wav or npy"));
        }
    }

    private List<Form> fitting() {
        if (shown instanceof Shown.Text) {
            return List.of();
        }
        return List.of(shown instanceof Shown.Images ? Form.PNG : Form.WAV, Form.NPY);
    }

    /**
     * Writes one array, and beside it an array of each condition: {@code samples.npy} and {@code samples-label.npy}.
     *
     * @return the files, the samples' first
     */
    public List<Path> writeArray(Path file) throws IOException {
        require(Form.NPY);
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<Path> written = new ArrayList<>(List.of(file));
        Npy.write(file, shown instanceof Shown.Images images ? images.pixels() : waves((Shown.Sound) shown));
        String name = file.getFileName().toString().replaceFirst("\\.npy$", "");
        for (Map.Entry<String, HostArray> condition : given.entrySet()) {
            Path beside = file.resolveSibling(name + "-" + plain(condition.getKey()) + ".npy");
            Npy.write(beside, condition.getValue());
            written.add(beside);
        }
        return written;
    }

    /** [N, T]; shorter recordings end in silence. */
    private static HostArray waves(Shown.Sound sound) {
        int length = sound.waves().stream()
                .mapToInt(wave -> (int) wave.shape().elements())
                .max()
                .orElse(0);
        float[] all = new float[sound.count() * length];
        for (int i = 0; i < sound.count(); i++) {
            float[] wave = sound.waves().get(i).toFloats();
            System.arraycopy(wave, 0, all, i * length, wave.length);
        }
        return HostArray.of(all, sound.count(), length);
    }

    /**
     * Writes a file for each sample into a folder, numbered, with the values of its conditions in its name: {@code
     * 0003-seven.png}.
     *
     * @return the files, in the order of samples
     * @throws IllegalArgumentException if something lies in the folder, among which they could not be told
     */
    public List<Path> writeEach(Path folder, Form form) throws IOException {
        require(form);
        requireEmpty(folder);
        List<byte[]> contents = shown instanceof Shown.Images images
                ? pictures(images)
                : ((Shown.Sound) shown)
                        .waves().stream()
                                .map(wave -> Waves.wav(List.of(wave), ((Shown.Sound) shown).rateHz()))
                                .toList();
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            written.add(WholeFile.write(folder.resolve(name(i) + "." + form), contents.get(i)));
        }
        return written;
    }

    private static List<byte[]> pictures(Shown.Images images) {
        List<byte[]> pictures = new ArrayList<>();
        for (BufferedImage picture : Png.pictures(images.pixels())) {
            pictures.add(Png.bytes(picture));
        }
        return pictures;
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> there = Files.list(folder)) {
            long count = there.count();
            if (count > 0) {
                throw new IllegalArgumentException(folder + " holds " + count + (count == 1 ? " file" : " files")
                        + " already, among which samples could not be told; name another folder with --out");
            }
        }
    }

    private String name(int i) {
        StringBuilder name = new StringBuilder(String.format(Locale.ROOT, "%04d", i));
        given.forEach((condition, values) -> {
            int value = (int) values.toLongs()[i];
            List<String> names = classes.getOrDefault(condition, List.of());
            name.append('-').append(plain(value < names.size() ? names.get(value) : String.valueOf(value)));
        });
        return name.toString();
    }

    /** What a file's name may be on every system. */
    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}_-]", "_");
    }
}
