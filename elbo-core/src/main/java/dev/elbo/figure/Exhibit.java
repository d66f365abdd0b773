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
    /** The figures that are known by the names of their files, in the order in which they are shown. */
    private static final List<Exhibit> KNOWN = List.of(
            new Exhibit(
                    "samples.png", "Samples", "Latents drawn from the prior, and what the decoder makes of them.", 1),
            new Exhibit("conditional.png", "Samples on demand", "Every row is drawn given the label at its left.", 1),
            new Exhibit(
                    "reconstructions.png",
                    "Reconstructions",
                    "Images, and below each what the decoder makes of its latent code.",
                    1),
            new Exhibit(
                    "interpolation.png",
                    "Interpolation",
                    "Every row walks through latent space from one framed end to the other.",
                    1),
            new Exhibit(
                    "traversal.png",
                    "One latent dimension at a time",
                    "Every row moves one dimension and holds the others; at its left, the KL of the dimension.",
                    1),
            new Exhibit("manifold.png", "The latent plane", "What the decoder makes of a grid of points.", 1),
            new Exhibit("latents.png", "Latent codes", "Where the encoder puts images, coloured by label.", 2),
            new Exhibit("curves.png", "Learning curves", "The first steps may leave the panels.", 2),
            new Exhibit("kl.png", "KL per latent dimension", "A dimension at 0 is not used.", 2));

    /** The file's exhibit; an unknown file has its own name for a title, and no caption. */
    static Exhibit of(String file) {
        return KNOWN.stream()
                .filter(known -> known.file.equals(file))
                .findFirst()
                .orElse(new Exhibit(file, file.replace(".png", ""), "", 1));
    }

    /** The known figures in their order, then the others by name. */
    static Comparator<String> order() {
        return Comparator.<String>comparingInt(
                        file -> KNOWN.contains(of(file)) ? KNOWN.indexOf(of(file)) : KNOWN.size())
                .thenComparing(Comparator.naturalOrder());
    }
}
