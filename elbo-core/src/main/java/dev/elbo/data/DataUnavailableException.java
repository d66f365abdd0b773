package dev.elbo.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** No source has the files of a data set. The message lists what each answered and how to supply the files. */
public final class DataUnavailableException extends IOException {
    /** @param answers what each source answered, in the order in which they were tried */
    DataUnavailableException(DataSet set, List<FetchEvent.Failed> answers) {
        super(message(set, answers));
    }

    private static String message(DataSet set, List<FetchEvent.Failed> answers) {
        boolean hasZip = set.files().stream().anyMatch(file -> file.name().endsWith(".zip"));
        return "no source has the files of " + set.name() + ":\n"
                + answers.stream()
                        .map(answer -> "  " + answer.source() + ": " + answer.reason() + "\n")
                        .collect(Collectors.joining())
                + "Put " + set.files().stream().map(DataFile::name).collect(Collectors.joining(", "))
                + " (or the same with .gz"
                + (hasZip ? ", or the folder that a .zip holds" : "")
                + ") into a folder, and name it with --data-dir or ELBO_DATA.";
    }
}
