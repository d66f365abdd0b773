package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.sound.SoundFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a folder says of the recordings in it. The first of these that there is counts:
 *
 * <ul>
 *   <li>a table, .csv or .tsv, whose first line names the columns {@code file} and {@code text}, and perhaps {@code voice} and {@code
 *       split};
 *   <li>{@code metadata.csv} with {@code id|text} or {@code id|text|text in words} on each line, as LJSpeech has it;
 *   <li>files {@code *.trans.txt} with {@code id text} on each line, in folders of a chapter in folders of a speaker, as LibriSpeech has
 *       them;
 *   <li>{@code etc/txt.done.data} with {@code ( id "text" )} on each line, as voices of Festival and CMU ARCTIC have it;
 *   <li>names {@code digit_speaker_index}, as the free spoken digit dataset has them: indices up to 4 are to judge by;
 *   <li>a text NAME.txt beside NAME.wav;
 *   <li>names that are Mandarin syllables with the number of their tone.
 * </ul>
 *
 * A voice that nothing is said of is called as the folder in which it lies, below the whole; a folder called as a split, or beginning so,
 * says what its recordings are for.
 *
 * @param root the folder
 * @param name what the whole is called, and the one voice of which nothing is said
 * @param sounds the sound files in it and below
 */
record Recordings(Path root, String name, List<Path> sounds) {
    private static final Pattern DIGIT = Pattern.compile("([0-9])_([^_]+)_([0-9]+)");
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final int LAST_TO_JUDGE_BY = 4;

    private static final Pattern SYLLABLE = Pattern.compile("(?:cmn-)?([a-zü]{1,6}:?[a-z]{0,3}[1-5])");
    private static final Pattern SENTENCE = Pattern.compile("\\(\\s*(\\S+)\\s+\"(.*)\"\\s*\\)");
    private static final String TRANSCRIPTS = ".trans.txt";

    /** The text and the voice of a recording. */
    private record Said(String text, Optional<String> voice, Optional<Purpose> purpose) {
        static Said of(String text) {
            return new Said(text, Optional.empty(), Optional.empty());
        }
    }

    /** The recordings of a folder and of those below it; hidden files are passed over. */
    static Recordings in(Path root, String name) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return new Recordings(
                    root,
                    name,
                    files.filter(file -> SoundFile.isNamed(file) && !isHidden(root, file))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList());
        }
    }

    private static boolean isHidden(Path root, Path file) {
        for (Path part : root.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The recordings with what is said of them.
     *
     * @param remarks is told of files that a table names and that are not there
     * @throws InvalidFileException if a table is damaged
     */
    List<Clip> clips(SoundReading options, ClipRemarks remarks) throws IOException {
        Map<Path, Said> said = said(options, remarks);
        Set<String> folders = new HashSet<>();
        sounds.forEach(sound -> folder(sound).ifPresent(folders::add));
        List<Clip> clips = new ArrayList<>();
        for (Path sound : sounds) {
            Optional<Said> known = Optional.ofNullable(said.get(sound));
            clips.add(new Clip(
                    sound,
                    root.relativize(sound).toString(),
                    known.map(Said::text),
                    known.flatMap(Said::voice)
                            .or(() -> folders.size() > 1 ? folder(sound) : Optional.empty())
                            .orElse(name),
                    known.flatMap(Said::purpose).orElseGet(() -> purpose(sound))));
        }
        return clips;
    }

    private Map<Path, Said> said(SoundReading options, ClipRemarks remarks) throws IOException {
        if (options.transcript() == SoundReading.Transcript.NAME) {
            return ofNames(
                    Pattern.compile("(.*)"), name -> Said.of(name.group(1).replaceAll("[_-]+", " ")));
        }
        Optional<Path> table = SoundTable.in(root);
        if (table.isPresent()) {
            return ofTable(table.get(), index(remarks));
        }
        Path lines = root.resolve("metadata.csv");
        if (Files.isRegularFile(lines)) {
            return ofLines(lines, index(remarks));
        }
        Path festival = root.resolve("etc").resolve("txt.done.data");
        if (Files.isRegularFile(festival)) {
            return ofFestival(festival, index(remarks));
        }
        Map<Path, Said> chapters = ofChapters(index(remarks));
        if (!chapters.isEmpty()) {
            return chapters;
        }
        Map<Path, Said> digits = ofNames(DIGIT, Recordings::digit);
        if (digits.size() == sounds.size()) {
            return digits;
        }
        Map<Path, Said> beside = beside();
        return beside.isEmpty() ? ofNames(SYLLABLE, name -> Said.of(name.group(1))) : beside;
    }

    private static Said digit(Matcher name) {
        boolean isToJudgeBy = Integer.parseInt(name.group(3)) <= LAST_TO_JUDGE_BY;
        return new Said(
                DIGITS.get(Integer.parseInt(name.group(1))),
                Optional.of(name.group(2)),
                Optional.of(isToJudgeBy ? Purpose.TEST : Purpose.TRAIN));
    }

    /** What the names of files say, without their endings, as far as they have a form. */
    private Map<Path, Said> ofNames(Pattern form, Function<Matcher, Said> meaning) {
        Map<Path, Said> said = new LinkedHashMap<>();
        for (Path sound : sounds) {
            Matcher name = form.matcher(stem(sound));
            if (name.matches()) {
                said.put(sound, meaning.apply(name));
            }
        }
        return said;
    }

    private Map<Path, Said> ofTable(Path table, Index index) throws IOException {
        Map<Path, Said> said = new LinkedHashMap<>();
        for (SoundTable.Row row : SoundTable.rows(table)) {
            index.find(row.file(), root)
                    .ifPresent(sound -> said.put(
                            sound, new Said(row.text(), row.voice(), row.split().flatMap(Purpose::named))));
        }
        return said;
    }

    private Map<Path, Said> ofLines(Path lines, Index index) throws IOException {
        Map<Path, Said> said = new LinkedHashMap<>();
        for (String line : lines(lines)) {
            String[] cells = line.strip().split("\\|", -1);
            if (cells.length > 1) {
                String text = cells.length > 2 && !cells[2].isBlank() ? cells[2] : cells[1];
                index.find(cells[0], root).ifPresent(sound -> said.put(sound, Said.of(text)));
            }
        }
        return said;
    }

    private Map<Path, Said> ofFestival(Path list, Index index) throws IOException {
        Map<Path, Said> said = new LinkedHashMap<>();
        for (String line : lines(list)) {
            Matcher sentence = SENTENCE.matcher(line.strip());
            if (sentence.matches()) {
                index.find(sentence.group(1), root).ifPresent(sound -> said.put(sound, Said.of(sentence.group(2))));
            }
        }
        return said;
    }

    private Map<Path, Said> ofChapters(Index index) throws IOException {
        Map<Path, Said> said = new LinkedHashMap<>();
        List<Path> chapters;
        try (Stream<Path> files = Files.walk(root)) {
            chapters = files.filter(file -> file.toString().endsWith(TRANSCRIPTS))
                    .sorted()
                    .toList();
        }
        for (Path chapter : chapters) {
            Path folder = Objects.requireNonNull(chapter.getParent());
            Optional<String> speaker = Optional.ofNullable(folder.getParent()).map(Format::name);
            for (String line : lines(chapter)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    index.find(line.substring(0, space), folder)
                            .ifPresent(sound ->
                                    said.put(sound, new Said(line.substring(space + 1), speaker, Optional.empty())));
                }
            }
        }
        return said;
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        new TextLines(file).forEach(lines::add);
        return lines;
    }

    private Map<Path, Said> beside() throws IOException {
        Map<Path, Said> said = new LinkedHashMap<>();
        for (Path sound : sounds) {
            Path text = sound.resolveSibling(stem(sound) + ".txt");
            if (Files.isRegularFile(text)) {
                said.put(sound, Said.of(String.join(" ", lines(text)).strip()));
            }
        }
        return said;
    }

    /**
     * Finds what a table names.
     *
     * @param paths all recordings
     * @param names the first of each name without its ending
     */
    private record Index(Set<Path> paths, Map<String, Path> names, ClipRemarks remarks) {
        /** The recording that is called by its path or by its name without an ending, in a folder or below it. */
        Optional<Path> find(String called, Path folder) {
            Path path = folder.resolve(called).normalize();
            Optional<Path> found = paths.contains(path)
                    ? Optional.of(path)
                    : Optional.ofNullable(names.get(stem(path))).filter(sound -> sound.startsWith(folder));
            if (found.isEmpty()) {
                remarks.add("recordings that are spoken of and are not there", called);
            }
            return found;
        }
    }

    private Index index(ClipRemarks remarks) {
        Map<String, Path> names = new LinkedHashMap<>();
        sounds.forEach(sound -> names.putIfAbsent(stem(sound), sound));
        return new Index(new HashSet<>(sounds), names, remarks);
    }

    /** The first folder on the way to a recording that is not called as a split is, nor as folders of sounds are. */
    private Optional<String> folder(Path sound) {
        Path way = root.relativize(sound).getParent();
        if (way == null) {
            return Optional.empty();
        }
        for (Path part : way) {
            String name = part.toString();
            if (split(name).isEmpty() && !name.matches("(?i)wavs?|clips|audio|sounds?|recordings")) {
                return Optional.of(name.replaceAll("/$", ""));
            }
        }
        return Optional.empty();
    }

    private Purpose purpose(Path sound) {
        for (Path part : root.relativize(sound)) {
            Optional<Purpose> split = split(part.toString());
            if (split.isPresent()) {
                return split.get();
            }
        }
        return Purpose.TRAIN;
    }

    /** What a folder is for, by its name: test, or test-clean. */
    private static Optional<Purpose> split(String folder) {
        return Purpose.named(folder).or(() -> Purpose.named(folder.replaceFirst("[-_].*", "")));
    }

    /** A file's name without its ending, if that is one of sounds. */
    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return SoundFile.isNamed(file) ? name.substring(0, name.lastIndexOf('.')) : name;
    }
}
