package dev.elbo.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Emoji as two vendors have drawn them: 64 × 64 pixels in colour, with what each is called, its category, whose it is, and the tone of
 * the skin. Variants of one emoji, by tone or by vendor, are all to learn from, all to choose by or all to judge by.
 */
final class Emoji {
    private static final String NAME = "emoji";
    private static final String LIST = "emoji.json";
    private static final String CREDIT =
            "Noto Emoji by Google, Apache 2.0, and Twemoji by Twitter and contributors, CC BY 4.0, from emoji-data by Cal"
                    + " Henderson, MIT; Apache 2.0, CC BY 4.0";

    private static final int COLOURS = 3;

    /** One emoji in so many is to judge by, and another to choose by. */
    private static final int PART = 15;

    private static final Map<String, String> TONES = Map.of(
            "1F3FB", "light", "1F3FC", "medium light", "1F3FD", "medium", "1F3FE", "medium dark", "1F3FF", "dark");

    private static final List<String> TONE_NAMES =
            List.of("none", "light", "medium light", "medium", "medium dark", "dark", "mixed");

    private Emoji() {}

    /**
     * An emoji, or a variant of one.
     *
     * @param file of its picture
     * @param said what it is called
     * @param category the group that it belongs to
     * @param tone of the skin
     * @param number of the emoji, for all its variants the same
     */
    private record Drawn(String file, String said, String category, String tone, int number) {}

    /** The pictures of both vendors. */
    static DataSet emoji() {
        return new DataSet(
                NAME,
                "emoji of two vendors with words, 64 × 64 in colour, 7,572",
                CREDIT,
                "Apache 2.0, CC BY 4.0",
                DataSet.licence(NAME),
                136_100_000,
                List.of(
                        new DataFile(
                                LIST, 1_313_457, "1d602e65be88772bf8cc368ce16b855d719eeddbafe128d471b80203f494d29f"),
                        new DataFile(
                                "google.zip",
                                14_106_638,
                                "cbd208ba331fe4a20df147b51c4e71d7e0b52e4a1f7ec87ba5df14c21872dfd6"),
                        new DataFile(
                                "twitter.zip",
                                10_847_802,
                                "a3c48dca45f1282f23a32f6ba93f68b4fe376eb40581ea26d05170bc23498899")),
                List.of(new SourcesTogether(List.of(
                        new NpmPictures("emoji-datasource-google@16.0.0", "package/img/google/64", "google.zip"),
                        new NpmPictures("emoji-datasource-twitter@16.0.0", "package/img/twitter/64", "twitter.zip")))),
                new Resizable(Emoji::open));
    }

    /** The pictures in a folder with the list and a file of pictures for each vendor. */
    static DataSource open(Path folder, Reading options) throws IOException {
        List<String> vendors = options.pictures().vendor() == PictureReading.Vendor.BOTH
                ? List.of("google", "twitter")
                : List.of(options.pictures().vendor().name().toLowerCase(Locale.ROOT));
        List<Drawn> drawn =
                listed(new ObjectMapper().readTree(folder.resolve(LIST).toFile()));
        NamedPictures pictures = new NamedPictures(NAME, CREDIT, COLOURS, options);
        List<String> categories =
                drawn.stream().map(Drawn::category).distinct().sorted().toList();
        for (Drawn one : drawn) {
            for (String vendor : vendors) {
                pictures.add(new NamedPictures.Entry(
                        vendor + ".zip",
                        one.file(),
                        one.said() + ", " + vendor,
                        one.number() % PART == PART - 1
                                ? ImageListing.Purpose.TEST
                                : one.number() % PART == PART / 2
                                        ? ImageListing.Purpose.VALIDATION
                                        : ImageListing.Purpose.TRAIN,
                        one.said(),
                        Map.of("label", one.category(), "vendor", vendor, "tone", one.tone())));
            }
        }
        return pictures.classes("label", categories)
                .classes("vendor", List.of("google", "twitter"))
                .classes("tone", TONE_NAMES)
                .source(folder);
    }

    /** The emoji of the list of which both vendors have a picture. */
    private static List<Drawn> listed(JsonNode list) {
        List<Drawn> drawn = new ArrayList<>();
        int number = 0;
        for (JsonNode emoji : list) {
            String said =
                    emoji.path("short_name").asText().replaceAll("[-_]+", " ").strip();
            String category = emoji.path("category").asText();
            add(emoji, new Drawn("", said, category, "none", number), drawn);
            for (Map.Entry<String, JsonNode> variant :
                    emoji.path("skin_variations").properties()) {
                add(variant.getValue(), new Drawn("", said, category, tone(variant.getKey()), number), drawn);
            }
            number++;
        }
        return drawn;
    }

    private static void add(JsonNode picture, Drawn of, List<Drawn> drawn) {
        if (Stream.of("google", "twitter")
                .allMatch(vendor -> picture.path("has_img_" + vendor).asBoolean())) {
            drawn.add(new Drawn(picture.path("image").asText(), of.said, of.category, of.tone, of.number));
        }
    }

    /** The tone of codes such as "1F3FB", or "1F3FB-1F3FC" of two people. */
    private static String tone(String codes) {
        List<String> tones = Arrays.stream(codes.split("-", -1))
                .map(code -> TONES.getOrDefault(code, "mixed"))
                .distinct()
                .collect(Collectors.toList());
        return tones.size() == 1 ? tones.get(0) : "mixed";
    }
}
