package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file that a command writes. */
final class OutputFile {
    private final Console console;
    private final List<String> endings;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write. Default: one in the run's directory; of a shipped model, in this one.")
    private @Nullable Path file;

    @Option(
            names = "--json",
            description = "Print the file's path as one JSON object, {\"file\": ...}; text as {\"lines\": [...]}.")
    private boolean json;

    /** @param endings those that a file's name can have */
    OutputFile(Console console, List<String> endings) {
        this.console = console;
        this.endings = endings;
    }

    /**
     * Refuses a file that cannot be written, before there is anything to write.
     *
     * @throws IllegalArgumentException if its name ends in none of the endings
     */
    void validate() {
        if (file != null && endings.stream().noneMatch(file.toString()::endsWith)) {
            throw new IllegalArgumentException(
                    "--out " + file + ": the file's name must end in " + String.join(" or ", endings));
        }
    }

    /**
     * Refuses a name of a file where a folder is needed.
     *
     * @param ending of a file that may be named in its place; empty for none
     * @throws IllegalArgumentException if its name ends as that of another file does
     */
    void requireFolder(String ending) {
        if (file != null
                && !(file.toString().endsWith(ending) && !ending.isEmpty())
                && endings.stream().anyMatch(file.toString()::endsWith)) {
            throw new IllegalArgumentException("--out " + file + ": a folder is needed here"
                    + (ending.isEmpty() ? "" : ", or a file whose name ends in " + ending)
                    + "; as in --out samples/");
        }
    }

    /** The file that was asked for, or else this one. */
    Path or(Path usual) {
        return file == null ? usual : file;
    }

    /** Whether a file was asked for. */
    boolean isGiven() {
        return file != null;
    }

    /**
     * Refuses a file whose name does not fit what is written.
     *
     * @throws IllegalArgumentException if a file of another ending was asked for
     */
    void require(String ending) {
        if (file != null && !file.toString().endsWith(ending)) {
            throw new IllegalArgumentException(
                    "--out " + file + ": this is written as " + ending + "; let the file's name end in that");
        }
    }

    /** Prints lines that are written to no file. */
    void sayLines(List<String> lines) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            lines.forEach(node.putArray("lines")::add);
            console.say(node);
        } else {
            lines.forEach(console::say);
        }
    }

    /** Says how many files were written into a folder. */
    void say(Path folder, int files) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            console.say(node.put("folder", folder.toString()).put("files", files));
        } else {
            console.say(folder + ": " + Quantity.of(files, "file"));
        }
    }

    /** Says what was written; the first is what was asked for. */
    void say(List<Path> written) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("file", written.get(0).toString());
            console.say(node);
        } else {
            written.forEach(path -> console.say(path.toString()));
        }
    }
}
