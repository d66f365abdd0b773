package dev.elbo.bench.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.Safetensors;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataCache;
import dev.elbo.data.InvalidFileException;
import dev.elbo.figure.WholeFile;
import dev.elbo.nn.Module;
import dev.elbo.sound.MelAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Where judges are kept from one use to the next, a folder for what they learned from: {@code judge.json} and the networks as safetensors.
 * Recordings that have changed have another folder, so that a judge of others is never asked.
 *
 * @param root the folder of these folders
 */
public record JudgeStore(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "judge.json";
    private static final String RECOGNISER = "recogniser.safetensors";
    private static final String SPEAKERS = "speakers.safetensors";

    /** The number of the way in which judges are trained: another way, another number. */
    private static final int VERSION = 1;

    /**
     * The store that the environment asks for, in {@code ELBO_HOME} or else ~/.cache/elbo.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static JudgeStore of(Map<String, String> environment) {
        return new JudgeStore(DataCache.home(environment).resolve("judges"));
    }

    /** The folder of the judge of these recordings, whether or not it is there. */
    public Path folder(Recordings recordings) {
        String name = recordings.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        return root.resolve(name + "-" + recordings.fingerprint() + "-v" + VERSION);
    }

    /**
     * The judge of these recordings, in the current scope.
     *
     * @return none if there is none
     * @throws InvalidFileException if its files are damaged
     */
    public Optional<SpeechJudge> find(Recordings recordings) throws IOException {
        Path folder = folder(recordings);
        Path description = folder.resolve(DESCRIPTION);
        if (!Files.exists(description)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(description.toFile());
            SpeechJudge judge = SpeechJudge.of(
                    MelAnalysis.of(json.path("analysis")),
                    new Units(texts(json.path("units"))),
                    texts(json.path("voices")),
                    json.path("framesOfStep").asInt(),
                    json.path("hidden").asInt(),
                    0);
            Weights.load(
                    judge.recogniser(),
                    Safetensors.read(folder.resolve(RECOGNISER)).tensors());
            if (judge.speakers().isPresent()) {
                Weights.load(
                        judge.speakers().get(),
                        Safetensors.read(folder.resolve(SPEAKERS)).tensors());
            }
            return Optional.of(judge);
        } catch (IllegalArgumentException | IOException damaged) {
            throw new InvalidFileException(
                    folder,
                    "is no judge that can be read: " + damaged.getMessage(),
                    "Delete it: the judge is then trained anew");
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Keeps a judge; what is there is replaced, each file whole, the description last. */
    public void keep(SpeechJudge judge, Recordings recordings) throws IOException {
        Path folder = folder(recordings);
        write(folder.resolve(RECOGNISER), judge.recogniser());
        if (judge.speakers().isPresent()) {
            write(folder.resolve(SPEAKERS), judge.speakers().get());
        }
        WholeFile.write(
                folder.resolve(DESCRIPTION),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description(judge, recordings)));
    }

    private static void write(Path file, Module network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Safetensors(Schooling.arrays(network), Map.of("format", "pt")).write(Channels.newChannel(bytes));
        WholeFile.write(file, bytes.toByteArray());
    }

    private static ObjectNode description(SpeechJudge judge, Recordings recordings) {
        List<Utterance> test = new ArrayList<>(recordings.test().values());
        ObjectNode json = JSON.createObjectNode()
                .put("data", recordings.name())
                .put("fingerprint", recordings.fingerprint())
                .put("recordings", recordings.train().size())
                .put("framesOfStep", judge.recogniser().ear().framesOfStep())
                .put("hidden", judge.recogniser().ear().hidden());
        json.set("analysis", judge.analysis().toJson());
        judge.recogniser().units().names().forEach(json.putArray("units")::add);
        List<String> voices = judge.speakers().map(SpeakerNetwork::voices).orElse(List.of());
        voices.forEach(json.putArray("voices")::add);
        ObjectNode heldOut = json.putObject("heldOut").put("recordings", test.size());
        ErrorRate errors = judge.recogniser().errors(test);
        heldOut.put("accuracy", errors.accuracy()).put("unitErrorRate", errors.rate());
        judge.speakers().ifPresent(network -> heldOut.put("voiceAccuracy", network.accuracy(test)));
        return json;
    }
}
