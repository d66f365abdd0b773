package dev.elbo.cli;

import dev.elbo.distribution.Writing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How words are chosen when a sentence is written. */
final class GivenWriting {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Draws words from p^(1/T): below 1 less varied, 0 the likeliest word each time. Default: 1; or 0 with a beam,"
                            + " and where a given sentence is written anew without --top and --nucleus.")
    private @Nullable Double temperature;

    @Option(names = "--top", paramLabel = "K", description = "Draw among the K likeliest words. Default: all.")
    private int top;

    @Option(
            names = "--nucleus",
            paramLabel = "P",
            description = "Draw among the likeliest words that have this probability together. Default: 1, all.")
    private double nucleus = 1;

    @Option(
            names = "--beam",
            paramLabel = "B",
            description =
                    "Search for the likeliest sentence, keeping B beginnings at each word. Default: 1, no search.")
    private int beam = 1;

    @Option(
            names = "--length-penalty",
            paramLabel = "A",
            description =
                    "Sentences of a beam compete by log p / T^A, T words long: above 0 longer ones win more often. Default: 0.")
    private double lengthPenalty;

    @Option(
            names = "--no-repeat",
            paramLabel = "N",
            description = "Write no run of N words twice in a sentence. Default: 0, whatever repeats.")
    private int noRepeat;

    /** As given; {@code usual} is the temperature where none is, and no beam either. */
    Writing writing(double usual) {
        new Range("--top", 0, 1_000_000).require(top);
        new Range("--beam", 1, 100).require(beam);
        new Range("--no-repeat", 0, 1000).require(noRepeat);
        if (lengthPenalty != 0 && beam == 1) {
            throw new IllegalArgumentException("--length-penalty is of a beam; add --beam 5, or leave it out");
        }
        boolean isAmong = top > 0 || nucleus < 1;
        if (beam > 1 && (isAmong || (temperature != null && temperature > 0))) {
            throw new IllegalArgumentException(
                    "a beam searches and does not draw: leave out --beam, or else --temperature, --top and --nucleus");
        }
        double chosen = temperature != null ? temperature : beam > 1 ? 0 : isAmong ? 1 : usual;
        if (isAmong && chosen == 0) {
            throw new IllegalArgumentException(
                    "at --temperature 0 nothing is drawn: leave it out, or --top and --nucleus");
        }
        return new Writing(chosen, top, nucleus, beam, noRepeat).penalised(lengthPenalty);
    }
}
