package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Published sets of recordings with what is said in them. Where no part is said to be to judge by, every 15th recording is. */
final class RecordedSets {
    private static final int TEST = 15;
    private static final String DIGITS_CREDIT =
            "Free Spoken Digit Dataset by Zohar Jackson and its contributors, CC BY-SA 4.0";
    private static final String SYLLABLES_CREDIT =
            "gcin-voice by Edward Der-Hua Liu, and by ChionMeilin with the voice of Chu Lo, GPL-3 or LGPL-3, CC BY 3.0";
    private static final String RUSSIAN_CREDIT = "festvox-ru by Nickolay V. Shmyrev, BSD-like";

    private RecordedSets() {}

    /** All of them. */
    static List<DataSet> all() {
        return List.of(
                digits(),
                prompts(
                        "en",
                        "English",
                        new DataFile(
                                "en_US_f_Allison.zip",
                                24_547_334,
                                "de3a3de2799c81276a1160f4dba8a7babd536fd27e3f40488c167577ba9b22d9"),
                        new DataFile(
                                "core-sounds-en.txt",
                                28_096,
                                "4a5c1fea255e06020acd67efe37d162d0f0458f685efe578d224449f8e7f0bb4"),
                        "Allison Smith",
                        "CC BY-SA 3.0"),
                prompts(
                        "fr",
                        "French",
                        new DataFile(
                                "fr_CA_f_June.zip",
                                25_034_072,
                                "4c00369778a71e731f6d76936f1ed542891a19bdbc8d7fd2db764462e692346a"),
                        new DataFile(
                                "core-sounds-fr.txt",
                                30_249,
                                "37cd33323ad139b0c739102f36c42c1e68ebdd92231f664c355d85c49b07772c"),
                        "June Wallack",
                        "CC BY-SA 3.0"),
                prompts(
                        "es",
                        "Spanish",
                        new DataFile(
                                "es_MX_f_Allison.zip",
                                29_819_684,
                                "74eb88a72a016bb38851cc352ebf5f436d5dd1c1abf4a76a186b607393319af3"),
                        new DataFile(
                                "core-sounds-es.txt",
                                26_372,
                                "6e5f5280ce3808400ac20a918249a2a1cbe5e5fcf9b9552fad4dda004b8017ae"),
                        "Allison Smith",
                        "CC BY-SA 3.0"),
                prompts(
                        "it",
                        "Italian",
                        new DataFile(
                                "it_IT_m_Carlo.zip",
                                22_960_536,
                                "8f6ee107aedd0681f30597cff806c336b6fb65488e4b93ba34dcc7a11316df6a"),
                        new DataFile(
                                "core-sounds-it.txt",
                                32_230,
                                "b1ed073c7790b84c1635f9a581f23256ec664b4bc018fe3a39770e188d400b18"),
                        "Carlo Flora",
                        "CC BY 3.0"),
                prompts(
                        "ru",
                        "Russian",
                        new DataFile(
                                "ru_RU_f_IvrvoiceRU.zip",
                                23_861_900,
                                "308565b95f81c6d9ecf5928ead585293560e9e0cc2defdb91a89deb10bb8f786"),
                        new DataFile(
                                "core-sounds-ru.txt",
                                46_308,
                                "2398d652926d39c1dd75260fb36dcef907c4590031ebfd89df761a4e5efa46f0"),
                        "Maxim Topal",
                        "CC BY 3.0"),
                syllables(),
                russian());
    }

    /** Ten digits by six speakers, fifty times each; the first five of each are to judge by. */
    private static DataSet digits() {
        String file = "recordings.zip";
        return new DataSet(
                "fsdd",
                "English digits, 6 speakers, 3,000 recordings of 8 kHz",
                DIGITS_CREDIT,
                "CC BY-SA 4.0",
                DataSet.licence("fsdd"),
                16_000_000,
                List.of(new DataFile(
                        file, 21_446_670, "96a010b88618e26cae797e603ab3abb8fb73cd09d9d610e3bc0f943ae5d311d1")),
                List.of(new WebArchive(
                        URI.create(
                                "https://github.com/Jakobovski/free-spoken-digit-dataset/archive/refs/tags/v1.0.10.zip"),
                        "free-spoken-digit-dataset-1.0.10")),
                (folder, options) -> SoundFolder.inZip(folder.resolve(file), root -> {
                    ClipRemarks remarks = new ClipRemarks();
                    List<Clip> clips = Recordings.in(root, "fsdd").clips(options.sound(), remarks);
                    return new RecordedSpeech(folder, "fsdd", DIGITS_CREDIT, options, remarks).source(clips);
                }));
    }

    /** What a telephone exchange says, by one speaker. */
    private static DataSet prompts(
            String language, String title, DataFile sounds, DataFile texts, String speaker, String licence) {
        String name = "asterisk-" + language;
        String credit = "Asterisk core sounds, " + title + " by " + speaker + " for Digium, " + licence;
        return new DataSet(
                name,
                title + " prompts of a telephone exchange, 1 speaker, 8 kHz",
                credit,
                licence,
                DataSet.licence("asterisk"),
                sounds.bytes() * 3 / 4,
                List.of(sounds, texts),
                List.of(new SourcesTogether(List.of(
                        new DebianSource("asterisk-core-sounds-" + language + "-wav", "usr/share/asterisk/sounds"),
                        new DebianSource(
                                "asterisk-core-sounds-" + language,
                                "usr/share/doc/asterisk-core-sounds-" + language)))),
                (folder, options) -> SoundFolder.inZip(
                        folder.resolve(sounds.name()),
                        root -> new RecordedSpeech(folder, name, credit, options, new ClipRemarks())
                                .source(parted(prompts(root, folder.resolve(texts.name()), speaker)))));
    }

    /** Lines of a name, a colon and what is said; in brackets are sounds that are no speech, and remarks. */
    private static List<Clip> prompts(Path root, Path texts, String speaker) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        new TextLines(texts).forEach(line -> {
            int colon = line.indexOf(": ");
            String text =
                    line.substring(colon + 1).replaceAll("[\\[(].*?[])]", "").strip();
            if (colon > 0 && !line.startsWith(";") && !text.isEmpty()) {
                said.put(line.substring(0, colon), text);
            }
        });
        List<Clip> clips = new ArrayList<>();
        said.forEach((name, text) -> {
            Path file = root.resolve(name + ".wav");
            if (Files.exists(file)) {
                clips.add(new Clip(file, name, Optional.of(text), speaker, Purpose.TRAIN));
            }
        });
        return clips;
    }

    /** Mandarin syllables, each by two speakers; what is said is pinyin with the number of the tone. */
    private static DataSet syllables() {
        String file = "ogg.zip";
        return new DataSet(
                "gcin-voice",
                "Mandarin syllables, 2 speakers, 2,358 recordings of 44.1 kHz",
                SYLLABLES_CREDIT,
                "GPL-3 or LGPL-3, CC BY 3.0",
                DataSet.licence("gcin-voice"),
                7_800_000,
                List.of(new DataFile(
                        file, 15_785_057, "71ef09c502a6c67add827b9001496000df627739b07a45d19b78ee3bc63d43de")),
                List.of(new DebianSource("gcin-voice", "usr/share/gcin-voice")),
                (folder, options) -> SoundFolder.inZip(
                        folder.resolve(file),
                        root -> new RecordedSpeech(folder, "gcin-voice", SYLLABLES_CREDIT, options, new ClipRemarks())
                                .source(parted(syllables(root)))));
    }

    /** Folders are called as syllables in Bopomofo, and files as their speakers, by number. */
    private static List<Clip> syllables(Path root) throws IOException {
        return Recordings.in(root, "gcin-voice").sounds().stream()
                .map(file -> new Clip(
                        file,
                        root.relativize(file).toString(),
                        Optional.of(Bopomofo.pinyin(Format.name(Objects.requireNonNull(file.getParent())))),
                        "gcin-" + Format.name(file).replace(".ogg", ""),
                        Purpose.TRAIN))
                .toList();
    }

    /** Russian sentences by one speaker, with their stresses. */
    private static DataSet russian() {
        String file = "msu_ru_nsh_clunits.zip";
        return new DataSet(
                "festvox-ru",
                "Russian sentences, 1 speaker, 620 recordings of 16 kHz",
                RUSSIAN_CREDIT,
                "BSD-like",
                DataSet.licence("festvox-ru"),
                178_800_000,
                List.of(new DataFile(
                        file, 192_146_162, "cf1ec943ffad0280566116a865666cd10b935725a2f2d3a6012d7b7a5173e94f")),
                List.of(new DebianSource("festvox-ru", "usr/share/festival/voices/russian")),
                (folder, options) -> SoundFolder.inZip(folder.resolve(file), root -> {
                    ClipRemarks remarks = new ClipRemarks();
                    List<Clip> clips = Recordings.in(root, "nsh").clips(options.sound(), remarks);
                    return new RecordedSpeech(folder, "festvox-ru", RUSSIAN_CREDIT, options, remarks)
                            .source(parted(clips));
                }));
    }

    /** The same, the last of every 15 to judge by. */
    private static List<Clip> parted(List<Clip> clips) {
        List<Clip> parted = new ArrayList<>();
        for (Clip clip : clips) {
            Purpose purpose = (parted.size() + 1) % TEST == 0 ? Purpose.TEST : Purpose.TRAIN;
            parted.add(new Clip(clip.file(), clip.name(), clip.text(), clip.voice(), purpose));
        }
        return parted;
    }
}
