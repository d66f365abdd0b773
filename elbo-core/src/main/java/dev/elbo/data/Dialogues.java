package dev.elbo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of dialogues in UTF-8: a turn on each line, and a blank line between dialogues; or a dialogue on each line, whose turns end
 * with {@value #TURN}, as DailyDialog has them (Li et al. 2017). Beside a file dialogues.txt of that kind may lie dialogues_act.txt, with
 * a number for each turn.
 */
record Dialogues(Path file) {
    /** What ends a turn within a line. */
    private static final String TURN = "__eou__";

    private static final List<String> ACTS = List.of("inform", "question", "directive", "commissive");

    /** One dialogue of so many is held out: all its turns, for they are context of each other. */
    private static final int HELD_OUT = 20;

    /** Takes the dialogues. */
    @FunctionalInterface
    interface Reader {
        /**
         * A dialogue.
         *
         * @param acts of the turns; none if there is no file of them
         */
        void read(List<String> turns, List<String> acts) throws IOException;
    }

    /** Whether the first line of a file is a dialogue, with marks between its turns. */
    boolean isRaw() throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            char[] first = new char[1 << 13];
            int read = in.read(first);
            return new String(first, 0, Math.max(0, read))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .contains(TURN);
        }
    }

    /** All turns as sentences of a split. */
    Sentences sentences(Reading options) throws IOException {
        Sentences sentences = none(options);
        forEach(sentences::add);
        return sentences;
    }

    private Sentences none(Reading options) throws IOException {
        Sentences none = new Sentences(options, Grouping.dialogues(options.turns()));
        if (hasActs()) {
            none.expect(ACTS);
        }
        return none;
    }

    /**
     * The source of this file's dialogues, of which some are held out to choose by.
     *
     * @param origin for messages
     * @param name what the data are called
     * @param test dialogues to judge by, if there are any
     */
    DataSource source(Path origin, String name, Optional<Sentences> test, Reading options) throws IOException {
        Sentences train = none(options);
        Sentences validation = none(options);
        int[] count = {0};
        forEach((turns, acts) ->
                (turns.size() > 1 && count[0]++ % HELD_OUT == 1 ? validation : train).add(turns, acts));
        boolean areHeldOut = !validation.isEmpty();
        DataSource source = new Text(origin, train, Optional.of(validation).filter(some -> areHeldOut), test)
                .source(name, "", options);
        return areHeldOut
                ? source.noting("one dialogue of " + HELD_OUT + " is held out for validation, with all its turns")
                : source;
    }

    /**
     * Reads from the first dialogue to the last.
     *
     * @throws InvalidFileException naming the line that is not what it should be
     */
    void forEach(Reader reader) throws IOException {
        boolean isRaw = isRaw();
        Iterator<String> acts = hasActs() ? acts() : Collections.emptyIterator();
        boolean hasActs = hasActs();
        List<String> turns = new ArrayList<>();
        new TextLines(file).forEachNumbered((number, line) -> {
            if (isRaw) {
                List<String> whole = Stream.of(line.split(TURN, -1))
                        .map(String::strip)
                        .filter(turn -> !turn.isEmpty())
                        .toList();
                reader.read(whole, hasActs ? acts(number, whole.size(), acts) : List.of());
            } else if (!line.isBlank()) {
                turns.add(line);
            } else if (!turns.isEmpty()) {
                reader.read(List.copyOf(turns), List.of());
                turns.clear();
            }
        });
        if (!turns.isEmpty()) {
            reader.read(turns, List.of());
        }
    }

    private boolean hasActs() throws IOException {
        return isRaw() && !actsFile().equals(file) && Files.exists(actsFile());
    }

    private Iterator<String> acts() throws IOException {
        List<String> lines = new ArrayList<>();
        new TextLines(actsFile()).forEach(lines::add);
        return lines.iterator();
    }

    private Path actsFile() {
        return file.resolveSibling(Format.name(file).replaceFirst("^dialogues", "dialogues_act"));
    }

    private List<String> acts(long number, int turns, Iterator<String> lines) throws InvalidFileException {
        String line = lines.hasNext() ? lines.next().strip() : "";
        List<String> acts = Arrays.stream(line.split(" +", -1))
                .filter(act -> !act.isEmpty())
                .toList();
        if (acts.size() != turns || !acts.stream().allMatch(act -> act.matches("[1-4]"))) {
            throw new InvalidFileException(
                    actsFile() + ", line " + number,
                    "says '" + line + "', and line " + number + " of " + file + " has " + turns + " turns",
                    "Give each turn one of 1 inform, 2 question, 3 directive, 4 commissive, or take the file of acts away",
                    null);
        }
        return acts.stream().map(act -> ACTS.get(Integer.parseInt(act) - 1)).toList();
    }
}
