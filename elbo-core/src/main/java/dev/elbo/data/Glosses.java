package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What WordNet says the meanings of English words are: the definition of each set of synonyms, without its examples. Every 20th is to
 * judge by.
 */
final class Glosses {
    private static final String NAME = "glosses";
    private static final String CREDIT = "WordNet 3.0, copyright 2006 by Princeton University, WordNet 3.0 licence";
    private static final int TEST = 20;
    private static final String BEFORE = " | ";

    /** A quotation, which is an example. */
    private static final String EXAMPLES = ";? *\".*";

    private static final List<DataFile> FILES = List.of(
            new DataFile("data.noun", 15_300_280, "fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2"),
            new DataFile("data.verb", 2_772_517, "adcf43e35b581e8036d8b5a52d63d9cd3d3b4870b2720d3c03c799df44777bc2"),
            new DataFile("data.adj", 3_155_427, "c89120dfc1f046ddff4a631bf9b7e9fa1a36b5e86565a23bf82dbe14f30b88a7"),
            new DataFile("data.adv", 516_696, "444a63bf3955080ab7524f5079cfc07ff9bc682cb98bdb1db73b0fb9829f1139"));

    private Glosses() {}

    /** Fellbaum (1998); the files of version 3.0. */
    static DataSet wordNet() {
        return new DataSet(
                NAME,
                "definitions of English words",
                CREDIT,
                "WordNet 3.0 licence",
                DataSet.licence(NAME),
                6_500_000,
                FILES,
                List.of(new DebianSource("wordnet-base", "usr/share/wordnet")),
                (folder, options) -> open(
                        FILES.stream().map(file -> folder.resolve(file.name())).toList(), options, TEST));
    }

    /**
     * The definitions of some files.
     *
     * @param every which of them are to judge by: the last of every so many
     */
    static DataSource open(List<Path> files, Reading options, int every) throws IOException {
        Parting glosses = new Parting(every, Grouping.ALONE, options);
        for (Path file : files) {
            new TextLines(file).forEach(line -> {
                int at = line.indexOf(BEFORE);
                if (at >= 0 && !line.startsWith(" ")) { // the licence is indented
                    glosses.next().add(line.substring(at + BEFORE.length()).replaceFirst(EXAMPLES, ""));
                }
            });
        }
        return glosses.source(files.get(0), NAME, CREDIT);
    }
}
