package dev.elbo.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How long recordings last, in seconds.
 *
 * @param total of all
 * @param shortest of one
 * @param longest of one
 * @param voices of all by one voice
 */
public record ClipLengths(double total, double shortest, double longest, SortedMap<String, Double> voices) {
    /** The lengths of recordings with voices; nothing of other data. */
    static Optional<ClipLengths> of(DataSpec spec, Collection<Split> splits) {
        Map<String, Field> fields = spec.fields();
        if (!(fields.get(RecordedSpeech.SOUND) instanceof Field.Frames sound)
                || !(fields.get(RecordedSpeech.VOICE) instanceof Field.Category names)) {
            return Optional.empty();
        }
        SortedMap<String, Double> voices = new TreeMap<>();
        long[] all = splits.stream()
                .flatMapToLong(split -> LongStream.of(split.lengths(RecordedSpeech.SOUND)))
                .toArray();
        for (Split split : splits) {
            long[] lengths = split.lengths(RecordedSpeech.SOUND);
            long[] who = split.field(RecordedSpeech.VOICE).toHost().toLongs();
            for (int i = 0; i < who.length; i++) {
                voices.merge(names.names().get((int) who[i]), lengths[i] / sound.rateHz(), Double::sum);
            }
        }
        return Optional.of(new ClipLengths(
                LongStream.of(all).sum() / sound.rateHz(),
                LongStream.of(all).min().orElse(0) / sound.rateHz(),
                LongStream.of(all).max().orElse(0) / sound.rateHz(),
                voices));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("total", total).put("shortest", shortest).put("longest", longest);
        ObjectNode each = json.putObject("voices");
        voices.forEach(each::put);
        return json;
    }
}
