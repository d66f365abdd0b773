package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The verses of the Bible in the English of 1611 and of today: the King James and the World English Bible, without those that only one
 * of them has. Every 20th verse, in both versions, is to judge by.
 */
final class Verses {
    private static final String CREDIT = "King James Bible, and World English Bible by its contributors, public domain";
    private static final int TEST = 20;
    private static final String ARCHAIC = "archaic";
    private static final String MODERN = "modern";

    /** The books of both, in their order, as OSIS calls them. */
    private static final List<String> BOOKS =
            List.of(("Gen Exod Lev Num Deut Josh Judg Ruth 1Sam 2Sam 1Kgs 2Kgs 1Chr 2Chr"
                            + " Ezra Neh Esth Job Ps Prov Eccl Song Isa Jer Lam Ezek Dan Hos Joel Amos Obad Jonah Mic Nah Hab Zeph Hag"
                            + " Zech Mal Matt Mark Luke John Acts Rom 1Cor 2Cor Gal Eph Phil Col 1Thess 2Thess 1Tim 2Tim Titus Phlm"
                            + " Heb Jas 1Pet 2Pet 1John 2John 3John Jude Rev")
                    .split(" ", -1));

    private static final String WORLD_ENGLISH = "usr/share/sword/modules/texts/ztext/engWEB2015eb";

    private static final List<DataFile> FILES = List.of(
            new DataFile("bible.data", 1_740_565, "6c746c2acc8a34bfded980883ff1701a5d68934a1c853ebf88a07b978fe0ae0e"),
            new DataFile("ot.bzs", 1_140, "2c16645bb829c05b20f39769e1fa23212743335143833a819f29e412c6def8ce"),
            new DataFile("ot.bzv", 310_270, "dbd3b762b7159c5dd4b535f75b6ab643fb62ae44f4655aff3c5098a955a1ae57"),
            new DataFile("ot.bzz", 3_063_793, "4633066d3872f1a3e600d2d10e667a13cd6c32bf116ca971d3c8f288bc3ea453"),
            new DataFile("nt.bzs", 372, "bec87a360bbc6bfbcd7de513edf928ceebb428dd2baff813aebf521bb0c6cc83"),
            new DataFile("nt.bzv", 82_480, "bb7a522d8323ccd7be462fca4dcd53c06d966c140fe260a6295e05393d259338"),
            new DataFile("nt.bzz", 832_969, "5429389d9331b7a86901a73afa74f32d089cae3d5bd8dfe304b11808714a69ba"));

    private Verses() {}

    /** Each verse in both versions, with the version as its label. */
    static DataSet labelled() {
        return of("verses", "verses of the Bible, archaic and modern", Verses::openLabelled);
    }

    /** Each verse of the World English Bible, with that of the King James Bible as its context. */
    static DataSet pairs() {
        return of("verses-pairs", "verses of the Bible, from archaic to modern", Verses::openPairs);
    }

    private static DataSet of(String name, String title, DataSet.Opening opening) {
        return new DataSet(
                name,
                title,
                CREDIT,
                "public domain",
                DataSet.licence("verses"),
                6_400_000,
                FILES,
                List.of(new SourcesTogether(List.of(
                        new DebianSource("bible-kjv-text", "usr/lib"),
                        new DebianSource("sword-text-web", WORLD_ENGLISH)))),
                opening);
    }

    private static DataSource openLabelled(Path folder, Reading options) throws IOException {
        Parting verses = new Parting(TEST, Grouping.ALONE, options);
        forEach(folder, (archaic, modern) -> {
            Sentences side = verses.next();
            side.add(archaic, ARCHAIC);
            side.add(modern, MODERN);
        });
        return verses.source(folder, "verses", CREDIT);
    }

    private static DataSource openPairs(Path folder, Reading options) throws IOException {
        Parting verses = new Parting(TEST, Grouping.PAIRS, options);
        forEach(folder, (archaic, modern) -> verses.next().add(List.of(archaic, modern), List.of()));
        return verses.source(folder, "verses-pairs", CREDIT);
    }

    /** Takes a verse in both versions. */
    @FunctionalInterface
    private interface Reader {
        void read(String archaic, String modern);
    }

    private static void forEach(Path folder, Reader reader) throws IOException {
        Map<String, String> modern = SwordModule.verses(folder);
        AuthorizedVersion.verses(folder.resolve("bible.data")).forEach((place, archaic) -> {
            int dot = place.indexOf('.');
            String same = modern.get(BOOKS.get(Integer.parseInt(place.substring(0, dot))) + place.substring(dot));
            if (same != null) {
                reader.read(archaic, same);
            }
        });
    }
}
