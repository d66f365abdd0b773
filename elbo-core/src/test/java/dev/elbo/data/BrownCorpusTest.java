package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrownCorpusTest {
    private static final Reading ALL = Reading.standard().texts(30, 100, 1);

    @TempDir
    Path folder;

    @Test
    void tagsAndDoubledMarksAreRemoved() throws IOException {
        DataSource source = open(
                "\n\tThe/at Jury's/nn$ vote/nn ,/, ``/`` isn't/bez* it/pps ?/. ?/.\n\n\tYes/rb ;/. ;/. no/rb //in U.S./np !/. !/. ''/''\n",
                2);
        Vocabulary vocabulary = ((Field.Tokens) source.spec().field("text")).vocabulary();

        assertThat(vocabulary.decode(source.train().field("text").toHost().toLongs()))
                .isEqualTo("the jury's vote, \"isn't it?");
        assertThat(source.test().orElseThrow().lengths("text")).containsExactly(8);
        assertThat(source.spec().attribution()).contains("non-commercial");
    }

    @Test
    void oneSentenceOfSoManyIsToJudgeBy() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 10; i++) {
            lines.append(i).append("/cd\n\n");
        }
        DataSource source = open(lines.toString(), 5);

        assertThat(source.train().size()).isEqualTo(8);
        assertThat(source.test().orElseThrow().size()).isEqualTo(2);
        assertThat(LongStream.of(source.test()
                                .orElseThrow()
                                .field("text")
                                .toHost()
                                .toLongs())
                        .filter(token -> token == Vocabulary.UNKNOWN))
                .hasSize(2); // the words of sentences 5 and 10 are in no other
    }

    private DataSource open(String tagged, int every) throws IOException {
        return BrownCorpus.open(Files.writeString(folder.resolve("brown.txt"), tagged), ALL, every);
    }
}
