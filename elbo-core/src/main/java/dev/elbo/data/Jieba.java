package dev.elbo.data;

import com.huaban.analysis.jieba.JiebaSegmenter;
import com.huaban.analysis.jieba.WordDictionary;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chinese sentences as words, by the dictionary of jieba and its hidden Markov model of words that are not in it. */
final class Jieba {
    private static final Pattern RUN = Pattern.compile("\\p{IsHan}++|[^\\p{IsHan}]++");
    private static final JiebaSegmenter SEGMENTER = quietly();

    private Jieba() {}

    /** The words of a sentence; what is not Chinese is parted as {@link Words} has it. */
    static List<String> words(String sentence) {
        return RUN.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .flatMap(Jieba::ofRun)
                .toList();
    }

    private static Stream<String> ofRun(String run) {
        boolean isChinese = Character.UnicodeScript.of(run.codePointAt(0)) == Character.UnicodeScript.HAN;
        return (isChinese ? SEGMENTER.sentenceProcess(run) : Words.of(run)).stream();
    }

    /** The library says on standard output that it has loaded its dictionary, where commands write JSON. */
    private static synchronized JiebaSegmenter quietly() {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            WordDictionary.getInstance();
            return new JiebaSegmenter();
        } finally {
            System.setOut(out);
        }
    }
}
