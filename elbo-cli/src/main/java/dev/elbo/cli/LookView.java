package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.ClipLengths;
import dev.elbo.data.DataLook;
import dev.elbo.data.Field;
import dev.elbo.data.Ground;
import dev.elbo.data.ImageSize;
import dev.elbo.data.Levels;
import dev.elbo.data.Reading;
import dev.elbo.exhibit.DataGlimpse;
import dev.elbo.figure.ImageGrid;
import dev.elbo.model.SpeechVae;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.Fitting;
import dev.elbo.run.Invocation;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What somebody's data are, as it is told. */
final class LookView {
    private static final int SHOWN = 16;
    private static final int COLUMNS = 8;
    private static final int SECONDS_COLUMNS = 4;
    private static final double MINUTE = 60;

    private static final String CONTEXT = "context";

    /** The recipe of answers to what was said before, and of pairs. */
    private static final String DIALOGUE = "dialogue-cvae";

    /** The recipe of recordings with what is said in them. */
    private static final String SPEECH = "tts-vae";

    private static final Set<String> TEXT_SETTINGS = Set.of(
            "longest",
            "maxWords",
            "minCount",
            "tokens",
            "turns",
            "sampleRate",
            "bands",
            "trim",
            "evenLoudness",
            "longestSeconds",
            "transcript");

    /** How many sizes or classes are told one by one. */
    private static final int LISTED = 12;

    /** Images that are smaller and grey need no convolutions to begin with. */
    private static final int SMALL = 32;

    private final Console console;
    private final Path path;
    private final DataLook look;
    private final Path sheet;
    private final DataGlimpse glimpse;

    /** @param sheet the file for a sheet of pictures */
    LookView(Console console, Path path, DataLook look, Path sheet) {
        this.console = console;
        this.path = path;
        this.look = look;
        this.sheet = sheet;
        this.glimpse = DataGlimpse.of(look.source(), SHOWN);
    }

    void say(boolean asJson) throws IOException {
        Optional<Path> drawn = draw();
        if (asJson) {
            ObjectNode json = look.toJson();
            drawn.ifPresent(file -> json.put("sheet", file.toString()));
            json.put("train", command());
            console.say(json);
            return;
        }
        console.say(console.bright(path.toString()) + ": " + look.kind());
        Table table = new Table();
        table.row("splits", listed(look.splits()));
        look.fields().forEach((name, about) -> table.row(name, about));
        if (!look.classes().isEmpty()) {
            table.row("classes", listed(look.classes()));
        }
        if (!look.sizes().isEmpty()) {
            table.row("sizes", listed(look.sizes()));
        }
        look.seconds().ifPresent(seconds -> table.row("length", lengths(seconds)));
        look.levels().ifPresent(levels -> table.row("levels", levels(levels)));
        look.source().notes().forEach(note -> table.row("note", note));
        table.lines().forEach(console::say);
        glimpse.lines().ifPresent(lines -> {
            console.say("");
            lines.forEach(console::say);
        });
        console.say("");
        drawn.ifPresent(file -> console.say("sheet  " + file));
        console.say("train  " + command());
        String reason = fitting().reason();
        if (!reason.isEmpty()) {
            console.say("       " + reason);
        }
    }

    private static String listed(Map<String, ? extends Number> counts) {
        List<String> items = new ArrayList<>();
        counts.entrySet().stream()
                .limit(LISTED)
                .forEach(one -> items.add(String.format(
                        Locale.ROOT, "%s: %,d", one.getKey(), one.getValue().longValue())));
        if (counts.size() > LISTED) {
            items.add("and " + Quantity.count(counts.size() - LISTED) + " more");
        }
        return String.join(", ", items);
    }

    private static String lengths(ClipLengths seconds) {
        String all = String.format(
                Locale.ROOT,
                "%.1f minutes, in recordings of %.2f to %.2f s",
                seconds.total() / MINUTE,
                seconds.shortest(),
                seconds.longest());
        List<String> voices = new ArrayList<>();
        seconds.voices()
                .forEach((name, length) -> voices.add(String.format(Locale.ROOT, "%s %.1f", name, length / MINUTE)));
        return voices.size() > 1 && voices.size() <= LISTED ? all + "; " + String.join(", ", voices) : all;
    }

    private static String levels(Levels levels) {
        return String.format(
                Locale.ROOT,
                "from %.3f to %.3f (0 is black, 1 white); %.0f %% of pixels are neither near black nor near white",
                levels.least(),
                levels.most(),
                100 * levels.between());
    }

    private Optional<Path> draw() throws IOException {
        Optional<HostArray> images = glimpse.images();
        Optional<HostArray> spectra = images.isPresent() ? Optional.empty() : glimpse.spectra();
        if (images.isPresent()) {
            return Optional.of(draw(images.get(), COLUMNS));
        }
        return spectra.isPresent() ? Optional.of(draw(spectra.get(), SECONDS_COLUMNS)) : Optional.empty();
    }

    private Path draw(HostArray pixels, int columns) throws IOException {
        Files.createDirectories(sheet.toAbsolutePath().getParent());
        return ImageGrid.of(pixels)
                .columns(columns)
                .title(path.getFileName() + ": " + pixels.shape().size(0) + " of "
                        + Quantity.count(look.source().train().size()))
                .build()
                .write(sheet);
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("train", recipe(), "--data", path.toString()));
        ImageSize size = look.reading().imageSize();
        if (size.isChosen()) {
            words.addAll(List.of("--image-size", size.toString()));
        }
        if (!look.reading().ground().equals(Ground.WHITE)) {
            words.addAll(List.of("--ground", look.reading().ground().toString()));
        }
        if (look.reading().skipBroken()) {
            words.add("--skip-broken");
        }
        Map<String, String> texts = textSettings();
        texts.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        return Invocation.ofThisProcess().line(words.toArray(String[]::new));
    }

    /** How texts are read, where that is not as usual. */
    private Map<String, String> textSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        List<Options.Entry> usual = Options.of(Reading.standard()).entries();
        Options.of(look.reading()).entries().stream()
                .filter(entry -> TEXT_SETTINGS.contains(entry.name()) && !usual.contains(entry))
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private String recipe() {
        if (look.source().spec().fields().get(CONTEXT) instanceof Field.Tokens) {
            return DIALOGUE;
        }
        if (look.seconds().isPresent() && look.source().spec().fields().containsKey(SpeechVae.TEXT)) {
            return SPEECH;
        }
        for (Field field : look.source().spec().fields().values()) {
            if (field instanceof Field.Tokens) {
                return "sentence-vae";
            }
            if (field instanceof Field.Image image) {
                boolean small = image.channels() == 1 && Math.max(image.height(), image.width()) < SMALL;
                return small ? "vae" : "conv-vae";
            }
        }
        return "vae";
    }

    private Fitting fitting() {
        return Fitting.of(Recipes.named(recipe()), look.source(), Map.of());
    }
}
