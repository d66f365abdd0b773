package dev.elbo.handbook.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of files quoted by number, as of a kept log: what follows {@code <!--text results/mnist-vae/train.log 1-6-->} in a page
 * are these lines as they stand in that file of the repository.
 */
record QuotedText(Path root) {
    private static final Pattern QUOTE =
            Pattern.compile("<!--text (\\S+) (\\d+)-(\\d+)-->\\n```\\n(.*?)```", Pattern.DOTALL);

    String refreshed(String text) throws IOException {
        StringBuilder fresh = new StringBuilder();
        int from = 0;
        for (Matcher quote = QUOTE.matcher(text); quote.find(); from = quote.end()) {
            fresh.append(text, from, quote.start(4))
                    .append(lines(quote.group(1), Integer.parseInt(quote.group(2)), Integer.parseInt(quote.group(3))))
                    .append("\n```");
        }
        return fresh.append(text.substring(from)).toString();
    }

    private String lines(String file, int first, int last) throws IOException {
        Path path = root.resolve(file);
        if (!Files.exists(path)) {
            throw new IllegalStateException("there is no file " + file + " to quote");
        }
        List<String> lines = Files.readAllLines(path);
        if (first < 1 || last > lines.size()) {
            throw new IllegalStateException(
                    file + " has " + lines.size() + " lines; " + first + " to " + last + " cannot be quoted");
        }
        return String.join("\n", lines.subList(first - 1, last));
    }
}
