package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chinese characters of the standard CNS 11643, 24 × 24 pixels, black on white, a picture each. Its planes are classes: the first has the
 * most usual characters, and later ones rarer and rarer. Files are called by the character's code in EUC-TW.
 */
final class Hanzi {
    private static final String NAME = "hanzi";
    private static final String FILE = "cns11643.zip";
    private static final String CREDIT =
            "CNS 11643 by the National Development Council of Taiwan (2015), Open Government Data License, which CC BY 4.0"
                    + " goes with; OGDL Taiwan 1.0";
    private static final int PART = 20;

    /** Thirteen pictures have a pixel more or less, and are brought to it. */
    private static final int SIDE = 24;

    /** The first bytes of a code of the first plane: they may stand there, and Java reads the code without them. */
    private static final String FIRST_PLANE = "8ea1";

    private Hanzi() {}

    /** The data set. */
    static DataSet hanzi() {
        return new DataSet(
                NAME,
                "Chinese characters, 24 × 24 grey, 110,995",
                CREDIT,
                "OGDL Taiwan 1.0",
                DataSet.licence(NAME),
                86_500_000,
                List.of(new DataFile(
                        FILE, 125_597_880, "53d62303bd8d1c1ec3a41409f28b0eb904dc3fa4121d72e833cdbed89dc6859a")),
                List.of(new DebianSource("fonts-cns11643-pixmaps", "usr/share/pixmaps")),
                new Resizable(Hanzi::open));
    }

    /** The characters in the file of a folder. */
    static DataSource open(Path folder, Reading options) throws IOException {
        List<String> files;
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve(FILE));
                Stream<Path> all = Files.walk(zip.getPath("/"))) {
            files = new ArrayList<>(all.map(path -> path.toString().substring(1))
                    .filter(path -> path.matches("a\\d+/[0-9A-Fa-f]{8}\\.png"))
                    .sorted()
                    .toList());
        }
        NamedPictures pictures = new NamedPictures(
                NAME, CREDIT, 1, options.imageSize().isChosen() ? options : options.imageSize(ImageSize.square(SIDE)));
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i);
            String plane = file.substring(1, file.indexOf('/'));
            pictures.add(new NamedPictures.Entry(
                    FILE,
                    file,
                    character(file),
                    i % PART == PART - 1 ? Purpose.TEST : i % PART == PART / 2 ? Purpose.VALIDATION : Purpose.TRAIN,
                    "",
                    Map.of("label", plane)));
        }
        return pictures.classes(
                        "label",
                        files.stream()
                                .map(file -> Integer.valueOf(file.substring(1, file.indexOf('/'))))
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .toList())
                .source(folder);
    }

    /** The character of a code, or the code where Java does not know it. */
    private static String character(String file) {
        String code = file.substring(file.indexOf('/') + 1, file.length() - ".png".length())
                .toLowerCase(Locale.ROOT);
        if (!Charset.isSupported("x-EUC-TW")) {
            return code;
        }
        String bytes = code.startsWith(FIRST_PLANE) ? code.substring(FIRST_PLANE.length()) : code;
        String read = new String(HexFormat.of().parseHex(bytes), Charset.forName("x-EUC-TW"));
        return read.isBlank() || read.contains("\ufffd") ? code : read;
    }
}
