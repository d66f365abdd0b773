package dev.elbo.figure;

import java.util.Comparator;
import java.util.List;

/**
 * How a report shows a figure of a run.
 *
 * @param file its name in {@code figures/}
 * @param title above the caption
 * @param caption what there is to see
 * @param density pixels of the file to a pixel of the page, in each direction
 */
record Exhibit(String file, String title, String caption, int density) {
    /** The figures that are known by the names of their files without an ending, in the order in which they are shown. */
    private static final List<Exhibit> KNOWN = List.of(
            new Exhibit(
                    "spoken",
                    "Spoken texts",
                    "Held-out texts as they were recorded, and as the model says them. Below each spectrum, which frames belong to which"
                            + " phone.",
                    2),
            new Exhibit(
                    "heard",
                    "Heard",
                    "The recording, a pause, and then the model; both through the same inversion.",
                    1),
            new Exhibit("samples", "Samples", "Latents drawn from the prior, and what the decoder makes of them.", 1),
            new Exhibit("conditional", "Samples on demand", "Every row is drawn given the label at its left.", 1),
            new Exhibit(
                    "reconstructions",
                    "Reconstructions",
                    "What was observed, and below each what the decoder makes of its latent code.",
                    1),
            new Exhibit(
                    "interpolation",
                    "Interpolation",
                    "At both ends held-out examples, framed, and beside them their reconstructions; between these, the"
                            + " way through latent space.",
                    1),
            new Exhibit(
                    "traversal",
                    "One latent dimension at a time",
                    "One dimension moves, and the others are held; beside its name, its KL.",
                    1),
            new Exhibit("manifold", "The latent plane", "What the decoder makes of a grid of points.", 1),
            new Exhibit(
                    "latents",
                    "Latent codes",
                    "Where the encoder puts held-out examples, coloured by label if they have one; of more than two dimensions, the"
                            + " two along which codes vary most.",
                    2),
            new Exhibit("curves", "Learning curves", "The first steps may leave the panels.", 2),
            new Exhibit("kl", "KL per latent dimension", "A dimension at 0 is not used.", 2));

    /** The file's exhibit, also that of one level: traversal-z2.png. An unknown file has its own name for a title, and no caption. */
    static Exhibit of(String file) {
        String name = file.replaceFirst("\\.[a-z]+$", "");
        for (Exhibit known : KNOWN) {
            if (known.file.equals(name)) {
                return new Exhibit(file, known.title, known.caption, known.density);
            }
            if (name.startsWith(known.file + "-")) {
                String part = name.substring(known.file.length() + 1);
                return new Exhibit(file, known.title + " (" + part + ")", known.caption, known.density);
            }
        }
        return new Exhibit(file, name, "", 1);
    }

    private static int place(String file) {
        String name = file.replaceFirst("(-.*)?\\.[a-z]+$", "");
        return (int) KNOWN.stream().takeWhile(known -> !known.file.equals(name)).count();
    }

    /** The known figures in their order, then the others by name. */
    static Comparator<String> order() {
        return Comparator.<String>comparingInt(Exhibit::place).thenComparing(Comparator.naturalOrder());
    }
}
