package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Chinese characters drawn by fonts: content × style. The content is one of the most usual characters, the style a font and how it is drawn:
 * plain, bold, slanted or in outline. Each combination is one picture, black on white; of those, one in ten is to judge by and one to choose
 * by, so that each character and each style is learned from, and not their every combination.
 *
 * @param characters the content, by number
 * @param styles by number
 * @param side of a picture in pixels
 */
record DrawnHanzi(List<String> characters, List<Style> styles, int side) {
    /** The characters of the first level of GB 2312, in the order of their sound. */
    static final int MOST = 3755;

    private static final String NAME = "hanzi-fonts";
    private static final String CREDIT = "drawn by Elbo with this machine's fonts, by the licences of the fonts";
    /** Java's names for whatever font is at hand. */
    private static final Set<String> ALIASES =
            Set.of(Font.DIALOG, Font.DIALOG_INPUT, Font.MONOSPACED, Font.SANS_SERIF, Font.SERIF);

    private static final int FIRST_ROW = 0xB0;
    private static final int LAST_ROW = 0xD7;
    private static final int FIRST_CELL = 0xA1;
    private static final int LAST_CELL = 0xFE;
    private static final int SIDE = 32;
    private static final int PART = 10;
    private static final double MARGIN = 0.08; // of a side
    private static final double SLANT = -0.25;
    private static final double BOLD = 0.03; // of a side, as wide as the pen beside the strokes
    private static final double OUTLINE = 0.03;

    /** How a font's strokes are drawn. */
    private enum Stroke {
        PLAIN,
        BOLD,
        SLANTED,
        OUTLINE
    }

    /**
     * A style.
     *
     * @param name of the font
     * @param font of any size
     */
    private record Style(String name, Font font, Stroke stroke) {
        String called() {
            return name + ", " + stroke.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The data set. */
    static DataSet set() {
        return new DataSet(
                NAME,
                "Chinese characters drawn by fonts, content × style, 32 × 32 grey",
                CREDIT,
                "licences of the fonts",
                DataSet.licence(NAME),
                0,
                List.of(),
                List.of(),
                new Rendered() {
                    @Override
                    public boolean resizes() {
                        return true;
                    }

                    @Override
                    public DataSource open(Path folder, Reading options) throws IOException {
                        return of(options).source();
                    }
                });
    }

    /**
     * The fonts and characters that options ask for.
     *
     * @throws IllegalArgumentException if no font has Chinese characters
     * @throws InvalidFileException if a file is no font
     */
    static DrawnHanzi of(Reading options) throws IOException {
        PictureReading wanted = options.pictures();
        ImageSize size = options.imageSize().isChosen() ? options.imageSize() : ImageSize.square(SIDE);
        if (size.width() != size.height()) {
            throw new IllegalArgumentException(NAME + " are square pictures; give one number, as by --image-size 48");
        }
        List<String> characters = usual(wanted.characters());
        List<Style> styles = fonts(wanted.fonts(), characters).entrySet().stream()
                .flatMap(font ->
                        Stream.of(Stroke.values()).map(stroke -> new Style(font.getKey(), font.getValue(), stroke)))
                .toList();
        return new DrawnHanzi(characters, styles, size.width());
    }

    /** So many of the most usual characters, evenly spread. */
    static List<String> usual(int count) {
        Charset chinese = Charset.forName("GB2312");
        List<String> all = new ArrayList<>();
        for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
            for (int cell = FIRST_CELL; cell <= LAST_CELL && all.size() < MOST; cell++) {
                all.add(new String(new byte[] {(byte) row, (byte) cell}, chinese));
            }
        }
        return IntStream.range(0, count)
                .mapToObj(i -> all.get(i * MOST / count))
                .toList();
    }

    /** The fonts that are named, or all that are installed and have the characters, by name. */
    private static Map<String, Font> fonts(String named, List<String> characters) throws IOException {
        Map<String, Font> fonts = new LinkedHashMap<>();
        if (named.equals(PictureReading.AUTO)) {
            for (Font font : GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts()) {
                if (!ALIASES.contains(font.getFamily(Locale.ROOT)) && hasAll(font, characters)) {
                    fonts.putIfAbsent(font.getFontName(Locale.ROOT), font);
                }
            }
        } else {
            for (String one : named.split(",", -1)) {
                Font font = font(one.strip());
                requireAll(font, one.strip(), characters);
                fonts.put(font.getFontName(Locale.ROOT), font);
            }
        }
        if (fonts.isEmpty()) {
            throw new IllegalArgumentException("no installed font has Chinese characters, and " + NAME
                    + " are drawn by such: install one, as by 'apt install fonts-wqy-microhei', or name a file,"
                    + " as by --set fonts=font.ttf");
        }
        return fonts;
    }

    private static Font font(String name) throws IOException {
        Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            try {
                return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
            } catch (FontFormatException damage) {
                throw new InvalidFileException(
                        name, "is no font that can be read", "Give a .ttf, .ttc or .otf", damage);
            }
        }
        return Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                .filter(font -> font.getFontName(Locale.ROOT).equalsIgnoreCase(name)
                        || font.getFamily(Locale.ROOT).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fonts: there is no file and no installed font '" + name
                        + "'; 'fc-list :lang=zh' lists those with Chinese characters"));
    }

    private static boolean hasAll(Font font, List<String> characters) {
        return characters.stream().allMatch(character -> font.canDisplay(character.codePointAt(0)));
    }

    private static void requireAll(Font font, String name, List<String> characters) {
        List<String> missing = characters.stream()
                .filter(character -> !font.canDisplay(character.codePointAt(0)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the font " + name + " lacks " + missing.size() + " of "
                    + characters.size() + " characters, as " + missing.get(0)
                    + "; choose one with Chinese characters, or fewer by --set characters=");
        }
    }

    /** The pictures: {@code image}, the character as {@code label}, and {@code style}. */
    DataSource source() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, side, side));
        fields.put("label", new Field.Category(characters));
        fields.put(
                "style", new Field.Category(styles.stream().map(Style::called).toList()));
        RowSource images =
                new RenderedRows((long) characters.size() * styles.size(), Shape.of(1, side, side), this::paint);
        return new DataSource(
                new DataSpec(NAME, fields, CREDIT),
                split(images, Purpose.TRAIN).orElseThrow(),
                split(images, Purpose.VALIDATION),
                split(images, Purpose.TEST),
                List.of(characters.size() + " characters in " + styles.size()
                        + " styles (--set characters= and --set fonts= choose)"));
    }

    private Optional<Split> split(RowSource images, Purpose purpose) {
        long[] rows = LongStream.range(0, images.shape().size(0))
                .filter(row -> purpose(row) == purpose)
                .toArray();
        if (rows.length == 0) {
            return Optional.empty();
        }
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        arrays.put("image", images.select(rows)); // some megabytes
        arrays.put(
                "label",
                HostArray.of(LongStream.of(rows).map(row -> row / styles.size()).toArray(), rows.length));
        arrays.put(
                "style",
                HostArray.of(LongStream.of(rows).map(row -> row % styles.size()).toArray(), rows.length));
        return Optional.of(new Split(arrays)
                .named(LongStream.of(rows)
                        .mapToObj(row -> characters.get((int) (row / styles.size())) + ", "
                                + styles.get((int) (row % styles.size())).called())
                        .toList()));
    }

    /** Character and style together decide, so that each of either is learned from. */
    private Purpose purpose(long row) {
        long turn = (row / styles.size() + 3 * (row % styles.size())) % PART;
        return turn == PART - 1 ? Purpose.TEST : turn == PART / 2 ? Purpose.VALIDATION : Purpose.TRAIN;
    }

    private void paint(long number, byte[] levels, int at) {
        BufferedImage picture =
                drawn(characters.get((int) (number / styles.size())), styles.get((int) (number % styles.size())));
        for (int i = 0; i < side * side; i++) {
            levels[at + i] = (byte) picture.getRaster().getSample(i % side, i / side, 0);
        }
    }

    /** A character in the middle of a square, black on white; all of a style have one scale. */
    private BufferedImage drawn(String character, Style style) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, side, side);
            pen.setColor(Color.BLACK);
            java.awt.Shape shape = placed(character, style);
            if (style.stroke() != Stroke.OUTLINE) {
                pen.fill(shape);
            }
            if (style.stroke() == Stroke.BOLD || style.stroke() == Stroke.OUTLINE) {
                double width = side * (style.stroke() == Stroke.BOLD ? BOLD : OUTLINE);
                pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                pen.draw(shape);
            }
            return picture;
        } finally {
            pen.dispose();
        }
    }

    private java.awt.Shape placed(String character, Style style) {
        float size = (float) (side * (1 - 2 * MARGIN));
        Path2D glyph = new Path2D.Double(style.font()
                .deriveFont(size)
                .createGlyphVector(new FontRenderContext(null, true, true), character)
                .getOutline());
        if (style.stroke() == Stroke.SLANTED) {
            glyph.transform(AffineTransform.getShearInstance(SLANT, 0));
        }
        Rectangle2D box = glyph.getBounds2D();
        glyph.transform(
                AffineTransform.getTranslateInstance(side / 2.0 - box.getCenterX(), side / 2.0 - box.getCenterY()));
        return glyph;
    }
}
