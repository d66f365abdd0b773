package dev.elbo.bench.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Texts as a synthesiser reads them, as data that a model of speech can be tried on: every text by every voice. All that is written says
 * that it is synthetic: the voices' names, the table, and a note beside it.
 *
 * @param voices of the synthesiser
 * @param texts what is said
 */
public record SyntheticCorpus(Synthesiser synthesiser, List<String> voices, List<String> texts) {
    private static final String TABLE = "recordings.csv";
    private static final String NOTE = "SYNTHETIC.txt";

    /**
     * Copies.
     *
     * @throws IllegalArgumentException if there is no voice, or no text
     */
    public SyntheticCorpus {
        voices = List.copyOf(voices);
        texts = List.copyOf(texts);
        if (voices.isEmpty() || texts.isEmpty()) {
            throw new IllegalArgumentException("a corpus has a voice and a text or more; got " + voices.size()
                    + " voices and " + texts.size() + " texts");
        }
    }

    /** The name of a voice in the files that are written. */
    public String called(String voice) {
        return "synthetic-" + synthesiser.kind().program() + "-" + voice.replaceAll("[^\\p{L}\\p{N}-]+", "-");
    }

    /** How many recordings it has. */
    public int size() {
        return voices.size() * texts.size();
    }

    /**
     * Writes it: a folder for each voice, a table with the columns file, text, voice and origin, and a note.
     *
     * @param folder a new or empty one
     * @param progress told how many are written, and which
     * @throws IllegalArgumentException if there is something in the folder
     * @throws IOException if the program is not installed or fails, or the files cannot be written
     */
    public void write(Path folder, BiConsumer<Integer, String> progress) throws IOException {
        ClipFolder.requireEmpty(folder, "--out");
        String version = synthesiser.version(); // what is not installed is told before anything is written
        Files.createDirectories(folder);
        String origin = "synthetic, by " + synthesiser.kind().program();
        List<String> table = new ArrayList<>(List.of("file,text,voice,origin"));
        for (String voice : voices) {
            Path place = Files.createDirectories(folder.resolve(called(voice)));
            for (int i = 0; i < texts.size(); i++) {
                String name = ClipFolder.fileName(i + 1);
                progress.accept(table.size() - 1, called(voice) + "/" + name);
                say(texts.get(i), voice, place.resolve(name));
                table.add(ClipFolder.row(called(voice) + "/" + name, texts.get(i), called(voice), origin));
            }
        }
        ClipFolder.writeTable(
                folder.resolve(NOTE),
                List.of(
                        "This speech is SYNTHETIC. No person said it: the program "
                                + synthesiser.kind().program() + " did.",
                        "Program: " + version,
                        "Voices: " + String.join(", ", voices),
                        "Recordings: " + size() + ", listed in " + TABLE,
                        "Name it as synthetic wherever it, or a model that learned from it, is shown or measured."));
        ClipFolder.writeTable(folder.resolve(TABLE), table); // the last: a folder without it is not complete
    }

    private void say(String text, String voice, Path wave) throws IOException {
        Path file = Files.createTempFile("text", ".txt");
        try {
            Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
            synthesiser.say(file, voice, wave);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
