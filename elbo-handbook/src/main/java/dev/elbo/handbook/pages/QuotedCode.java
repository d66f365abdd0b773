package dev.elbo.handbook.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Methods quoted by name: what follows {@code <!--code dev/elbo/objective/Elbo#loss-->} in a page is that method as it stands
 * in the sources. A name without {@code #} quotes the type without its package and imports.
 */
record QuotedCode(Path root) {
    private static final Pattern QUOTE =
            Pattern.compile("<!--code ([\\w/]+)(?:#(\\w+))?-->\\n```java\\n(.*?)```", Pattern.DOTALL);

    String refreshed(String text) throws IOException {
        StringBuilder fresh = new StringBuilder();
        int from = 0;
        for (Matcher quote = QUOTE.matcher(text); quote.find(); from = quote.end()) {
            String method = quote.group(2);
            List<String> source = source(quote.group(1));
            String code = method == null ? type(source) : method(source, quote.group(1), method);
            fresh.append(text, from, quote.start(3)).append(code).append("\n```");
        }
        return fresh.append(text.substring(from)).toString();
    }

    private List<String> source(String type) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            List<Path> files = modules.map(module -> module.resolve("src/main/java/" + type + ".java"))
                    .filter(Files::exists)
                    .toList();
            if (files.size() != 1) {
                throw new IllegalStateException("there is no type " + type + " to quote");
            }
            return Files.readAllLines(files.get(0));
        }
    }

    private static String type(List<String> source) {
        return source.stream()
                .filter(line -> !line.startsWith("package ") && !line.startsWith("import "))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** All methods of the name, with their annotations and without Javadoc. */
    private static String method(List<String> source, String type, String name) {
        Pattern head = Pattern.compile("    (?! )(?:[\\w<>\\[\\]?,. ]+ )?" + name + "\\(.*");
        List<String> methods = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            if (head.matcher(source.get(i)).matches() && !source.get(i).endsWith(";")) {
                int first = i;
                while (source.get(first - 1).startsWith("    @")) {
                    first--;
                }
                int last = i;
                while (!source.get(last).equals("    }")) {
                    last++;
                }
                methods.add(source.subList(first, last + 1).stream()
                        .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                        .collect(Collectors.joining("\n")));
            }
        }
        if (methods.isEmpty()) {
            throw new IllegalStateException("type " + type + " has no method " + name + " to quote");
        }
        return String.join("\n\n", methods);
    }
}
