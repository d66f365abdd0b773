package dev.elbo.exhibit;

import dev.elbo.data.Batch;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Held-out examples, each above what the model makes of it.
 *
 * @param count how many, or all if there are fewer
 */
public record Reconstructions(int count) implements Exhibit {
    private static final int COLUMNS = 10;

    @Override
    public String name() {
        return "reconstructions";
    }

    @Override
    public Optional<String> obstacle(Showing showing) {
        return showing.missingExamples(1);
    }

    @Override
    public Optional<String> shortage(Showing showing) {
        return showing.shortage(count);
    }

    @Override
    public Piece of(Showing showing) {
        HeldOut heldOut = showing.heldOut().orElseThrow();
        try (Scope scope = Scope.open("reconstructions")) {
            int shown = showing.atMost(count);
            Batch batch = heldOut.first(shown);
            Shown originals = Generator.show(
                    showing.generator().spec().field(showing.field()),
                    batch.get(showing.field()).toHost());
            Shown made = showing.shown(showing.generator().reconstructions(batch));
            int rows = (shown + showing.columns(COLUMNS) - 1) / showing.columns(COLUMNS);
            int columns = (shown + rows - 1) / rows; // rows of about one length
            return sheet(originals, made, columns, heldOut.split(), showing);
        }
    }

    private static Piece sheet(Shown originals, Shown made, int most, String split, Showing showing) {
        String word = showing.field();
        boolean isImage = originals instanceof Shown.Images;
        int columns = isImage ? most : 1; // what is read or heard comes in pairs
        List<Shown> rows = new ArrayList<>();
        for (int from = 0; from < originals.count(); from += columns) {
            int to = Math.min(from + columns, originals.count());
            rows.add(originals.slice(from, to));
            rows.add(made.slice(from, to));
        }
        List<String> labels = new ArrayList<>();
        rows.forEach(row -> labels.add(labels.size() % 2 == 0 ? (isImage ? "image" : word) : "reconstruction"));
        String caption = split + (isImage ? " images, " + showing.treatment() : " examples");
        return new Sheet(joined(rows), columns, caption).groups(2).rows(labels).piece();
    }

    /** Several of one kind, one after the other. */
    static Shown joined(List<Shown> parts) {
        Shown first = parts.get(0);
        if (first instanceof Shown.Images) {
            List<HostArray> pixels = new ArrayList<>();
            parts.forEach(part -> pixels.add(((Shown.Images) part).pixels()));
            return new Shown.Images(HostArray.concat(pixels));
        }
        if (first instanceof Shown.Sound sound) {
            List<HostArray> waves = new ArrayList<>();
            List<HostArray> spectra = new ArrayList<>();
            parts.forEach(part -> waves.addAll(((Shown.Sound) part).waves()));
            parts.forEach(part -> spectra.addAll(((Shown.Sound) part).spectra()));
            return new Shown.Sound(waves, sound.rateHz(), spectra);
        }
        List<String> lines = new ArrayList<>();
        parts.forEach(part -> lines.addAll(((Shown.Text) part).lines()));
        return new Shown.Text(lines);
    }
}
