package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Squares of photographs of nature and places, from Debian's backgrounds. They are parted by photograph, so that no photograph is seen both
 * in training and in judging. Squares are as high as a photograph, half, a third and a quarter as high, each half of its side from the next,
 * so that most show a scene; or all of one size in the photograph's pixels, side by side without a gap, which of a large photograph shows
 * textures.
 */
final class Scenes {
    private static final String NAME = "scenes";
    private static final String CREDIT =
            "photographs of MATE's and Lomiri's backgrounds by their photographers, as Debian"
                    + " has them, GPL-2+, CC BY 4.0, CC BY-SA 3.0, CC BY-SA 4.0";

    /** One photograph in so many is to judge by, and another to choose by. */
    private static final int PART = 7;

    private static final int SIDE = 64;

    /** The smallest squares of several scales are one so many-th of the photograph's height. */
    private static final int SMALLEST_PART = 4;

    private static final List<DataFile> PHOTOGRAPHS = List.of(
            photograph("Aqua.jpg", 200353, "5c30118205982da441bf7e6a1ada636a8a0be879408140b3148280c665ed6bce"),
            photograph("Blinds.jpg", 1157513, "f7aac0dcc2e06d0491643e84df3da1d9db7c4610f58806a880d56e074799f600"),
            photograph("Dune.jpg", 1021283, "8a67c2cb0be8c46b70c237311a4fa4d2b4ac7d39568135384787801fa5cc9a91"),
            photograph("FreshFlower.jpg", 80905, "972b0a0c4e5e3fa93f4f244fc84bc64b121a5eac3aaa5856f1308c1f38a02f8e"),
            photograph("Garden.jpg", 264831, "d3095ee09d425ef23d27155412136cf14fc3c9af76ca58b452f55e23da324e78"),
            photograph("GreenMeadow.jpg", 183377, "8fa0de0aa4089f7319c9fb7a6d006d4cab6023e8c8853731557cff53567b4832"),
            photograph("LadyBird.jpg", 351588, "e35a9a4126ef969c90b29c038058c5a575a20eadd84106a37bf1fa9931e7b61d"),
            photograph("RainDrops.jpg", 1242241, "3e4ea9671c28c90a86cf67b3db9daf18c4741587c596333a7529ca589aaa0c16"),
            photograph("Storm.jpg", 695070, "77ca53077831d3237f73393a91fc879158abc046d852941c26e90de336356957"),
            photograph("TwoWings.jpg", 881400, "665e5abf8a5399070a91a9a8e455fe071e5b61697ff78fdeda4e9843ef545aeb"),
            photograph("Wood.jpg", 525520, "19c78500ac00a622e19907ab9cc7d06d46fe08c4a6142759a84195696150ec07"),
            photograph("YellowFlower.jpg", 267440, "254da96256acb7add685679775a04d1e4a5bc8cd13e5a5a3d61351ce198a5306"),
            photograph(
                    "Bridge_by_Sander_Klootwijk.jpg",
                    914024,
                    "bd86b081f9975e2b83527f71e49b9271a8ab40885428395969d9f7d834d7f050"),
            photograph(
                    "Dragonfly_by_Bolly.jpg",
                    1520114,
                    "af5af17841009732def24b09bb1e669a1b09d2b4bdeee7812c371101c30d2bb3"),
            photograph(
                    "Infinite-Sea_by_Aury88.jpg",
                    6691439,
                    "9319dfb3651833881339a8d9b769b99efaf474969e6cd58e427eb2524aca8e8a"),
            photograph(
                    "Kleiber_by_Lukas_Baubkus.jpg",
                    4379037,
                    "6572410c09f4492c74ccadde133565a14c0161617d5917d4c820c66d65a44ba7"),
            photograph(
                    "Picture_0B_by_freespace.jpg",
                    740181,
                    "c8c0ab18e48d9e0419fe42881112137f3afafc27dfddc29ec3a6d54c56d225ad"),
            photograph(
                    "Picture_1A_by_freespace.jpg",
                    1181733,
                    "89e86af38d04daaef975665dc2127e9fa76f0fd68f4eea105a2d0ae3390b010b"),
            photograph(
                    "Wine_by_Jakkub_Mede.jpg",
                    522397,
                    "d2e96e6d4da40dd804b3d0ce295e94de04a2d7d9b6785d42cd9d92ba58bced74"),
            photograph(
                    "aitzgorri_by_Aitzol_Berasategi.jpg",
                    1072182,
                    "66268e7b48f8854d36a28765fac6e23ec1aee251daa6da1f64715f201020ad36"),
            photograph(
                    "analogpattern_by_Peter_Nerlich.jpg",
                    912470,
                    "15372488a192b2be2eafc67bd3ed31cbfca19abe3929e925607fcbc9cb4d4202"),
            photograph(
                    "free_by_Peter_Nerlich.jpg",
                    722237,
                    "85a5453c2fed514c75973016f3d862aca62eb7ca087618822469274ac1092373"),
            photograph(
                    "friends_by_Aitzol_Berasategi.jpg",
                    575004,
                    "cc40e313c74e421edffe3403def413c16878ce14661cce7ec5915baeab35538d"),
            photograph(
                    "greentock_by_Peter_Nerlich.jpg",
                    769018,
                    "e7b20e2db9dcd6e2b278ca55873c2110b35d89cd38b04d0b18728726888e6889"),
            photograph(
                    "life_by_Aitzol_Berasategi.jpg",
                    1720388,
                    "4c119350ead80201fe256850c3d316309ddfb4bdf10b235ce982dcde0c667c05"),
            photograph(
                    "picosdeeuropa_by_Aitzol_Berasategi.jpg",
                    1826239,
                    "414d0072b2f6f2c555deafeaef6e45c4fed6fa9ad26eba6560ca8803959cf97a"),
            photograph(
                    "seeding_by_Clements_Engelhardt.jpg",
                    1485159,
                    "a5634d1ab5e41a3568e92d4a894a500c92b891f9ff734e50bd224d6e185a605f"),
            photograph(
                    "sunset_by_Aitzol_Berasategi.jpg",
                    1109778,
                    "474dab6a4b9f94dc76c29dfe30e9f5db4af0fd2e33fe5d695f8152b371efca18"),
            photograph(
                    "umang_by_Abhishek_Mudgal.jpg",
                    899716,
                    "bfb425545e77e9f0eb1b037b607fc9ed4a446f3b0f04aa2879be3556073c57ef"));

    private Scenes() {}

    private static DataFile photograph(String file, long bytes, String sha256) {
        return new DataFile(file, bytes, sha256);
    }

    /** The data set. */
    static DataSet scenes() {
        return new DataSet(
                NAME,
                "squares of 29 photographs of nature and places, in colour",
                CREDIT,
                "GPL-2+, CC BY 4.0, CC BY-SA 3.0, CC BY-SA 4.0",
                DataSet.licence(NAME),
                73_800_000,
                PHOTOGRAPHS,
                List.of(new SourcesTogether(List.of(
                        new DebianSource("mate-backgrounds", "usr/share/backgrounds/mate/nature"),
                        new DebianSource("lomiri-wallpapers-16.04", "usr/share/backgrounds"),
                        new DebianSource("lomiri-wallpapers-20.04", "usr/share/backgrounds")))),
                new Resizable((folder, options) ->
                        open(folder, PHOTOGRAPHS.stream().map(DataFile::name).toList(), options)));
    }

    /**
     * A square of a photograph.
     *
     * @param levels UINT8 [1, 3, H, W]
     */
    private record Square(HostArray levels, String called, Purpose purpose) {}

    /** The squares of the photographs in a folder. */
    static DataSource open(Path folder, List<String> photographs, Reading options) throws IOException {
        int tile = options.pictures().tile();
        ImageSize size = options.imageSize().isChosen()
                ? options.imageSize()
                : ImageSize.square(tile == 0 ? SIDE : Math.min(tile, SIDE));
        List<Square> squares = new ArrayList<>();
        for (int i = 0; i < photographs.size(); i++) {
            String name = photographs.get(i);
            Purpose purpose =
                    i % PART == PART - 1 ? Purpose.TEST : i % PART == PART / 2 ? Purpose.VALIDATION : Purpose.TRAIN;
            HostArray levels = DecodedOnce.in(
                    folder,
                    name + " " + tile + " " + size,
                    () -> squares(folder.resolve(name), tile, size, options.ground()));
            for (long square = 0; square < levels.shape().size(0); square++) {
                squares.add(new Square(levels.rows(square, square + 1), name + " " + square, purpose));
            }
        }
        return source(squares, tile, size);
    }

    /** The squares of one photograph, UINT8 [N, 3, H, W]. */
    private static HostArray squares(Path file, int tile, ImageSize size, Ground ground) throws IOException {
        Picture whole = PictureFile.read(file, ground).picture().inColour();
        List<Picture> squares = tile == 0 ? ofScales(whole, size) : parts(whole, tile, tile);
        ByteBuffer levels = ByteBuffer.allocate(squares.size() * 3 * size.height() * size.width());
        squares.forEach(square -> levels.put(square.resized(size).levels().bytes()));
        return new HostArray(DType.UINT8, Shape.of(squares.size(), 3, size.height(), size.width()), levels.flip());
    }

    /**
     * The squares as high as the photograph, half, a third and a quarter as high, of the photograph made smaller; none is enlarged. The photograph
     * is made smaller once, as much as the smallest squares need, and then further.
     */
    private static List<Picture> ofScales(Picture whole, ImageSize size) {
        int side = Math.max(size.width(), size.height());
        int parts = Math.min(SMALLEST_PART, Math.min(whole.width(), whole.height()) / side);
        if (parts == 0) {
            return List.of();
        }
        Picture finest = lowered(whole, parts * side);
        return IntStream.rangeClosed(1, parts)
                .mapToObj(part -> parts(lowered(finest, part * side), side, side / 2).stream())
                .flatMap(squares -> squares)
                .toList();
    }

    /** A picture whose shorter side is so many pixels. */
    private static Picture lowered(Picture whole, int side) {
        double scale = (double) side / Math.min(whole.width(), whole.height());
        return whole.resized(
                new ImageSize((int) Math.round(whole.width() * scale), (int) Math.round(whole.height() * scale)));
    }

    /** Squares of a side, a step apart, row by row. */
    private static List<Picture> parts(Picture of, int side, int step) {
        if (side > of.width() || side > of.height()) {
            return List.of();
        }
        int columns = (of.width() - side) / step + 1;
        int rows = (of.height() - side) / step + 1;
        return IntStream.range(0, rows * columns)
                .mapToObj(i -> of.part(i / columns * step, i % columns * step, side))
                .toList();
    }

    private static DataSource source(List<Square> squares, int tile, ImageSize size) {
        Collections.shuffle(squares, new Random(0));
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(3, size.height(), size.width()));
        return new DataSource(
                new DataSpec(NAME, fields, CREDIT),
                split(squares, Purpose.TRAIN)
                        .orElseThrow(() -> new IllegalArgumentException("no photograph is as large as a square of "
                                + Math.max(tile, size.width()) + " pixels")),
                split(squares, Purpose.VALIDATION),
                split(squares, Purpose.TEST),
                List.of("squares " + (tile == 0 ? "of several scales" : "of " + tile + " pixels") + ", brought to "
                        + size + " (--set tile= and --image-size choose)"));
    }

    private static Optional<Split> split(List<Square> squares, Purpose purpose) {
        List<Square> those =
                squares.stream().filter(square -> square.purpose() == purpose).toList();
        if (those.isEmpty()) {
            return Optional.empty();
        }
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        arrays.put("image", HostArray.concat(those.stream().map(Square::levels).toList()));
        return Optional.of(
                new Split(arrays).named(those.stream().map(Square::called).toList()));
    }
}
