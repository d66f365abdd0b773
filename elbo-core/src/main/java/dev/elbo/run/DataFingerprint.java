package dev.elbo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSource;
import dev.elbo.data.Split;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * By what data are known again: of each split the number of examples, and a checksum (CRC-32C) of what they hold. Splits of
 * more than {@value #WHOLE} bytes are known by {@value #SOME} examples that are spread evenly.
 *
 * @param splits by name: {@code train}, and {@code validation} and {@code test} where there are such
 */
record DataFingerprint(Map<String, Mark> splits) {
    private static final long WHOLE = 1L << 28;
    private static final int SOME = 1024;
    private static final long AT_ONCE = 1L << 22; // bytes

    /** Of a split. */
    record Mark(long examples, String checksum) {}

    static DataFingerprint of(DataSource data) {
        Map<String, Mark> splits = new LinkedHashMap<>();
        splits.put("train", mark(data.train()));
        data.validation().ifPresent(split -> splits.put("validation", mark(split)));
        data.test().ifPresent(split -> splits.put("test", mark(split)));
        return new DataFingerprint(splits);
    }

    private static Mark mark(Split split) {
        CRC32C sum = new CRC32C();
        List.of(split.fields(), split.lengths(), split.present())
                .forEach(part -> new TreeMap<String, RowSource>(part).values().forEach(rows -> add(rows, sum)));
        return new Mark(split.size(), Long.toHexString(sum.getValue()));
    }

    private static void add(RowSource rows, CRC32C sum) {
        long count = rows.shape().size(0);
        if (rows.byteCount() > WHOLE && count > SOME) {
            long[] some = LongStream.range(0, SOME).map(i -> i * count / SOME).toArray();
            sum.update(rows.select(some).bytes());
            return;
        }
        long step = Math.max(1, AT_ONCE * count / Math.max(1, rows.byteCount()));
        for (long from = 0; from < count; from += step) {
            sum.update(rows.rows(from, Math.min(count, from + step)).bytes());
        }
    }

    /** The fingerprint in a run's file; of no split if an earlier version wrote it. */
    static DataFingerprint of(JsonNode json) {
        Map<String, Mark> splits = new LinkedHashMap<>();
        json.properties()
                .forEach(split -> splits.put(
                        split.getKey(),
                        new Mark(
                                split.getValue().path("examples").asLong(),
                                split.getValue().path("checksum").asText())));
        return new DataFingerprint(splits);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        splits.forEach((name, mark) ->
                json.putObject(name).put("examples", mark.examples).put("checksum", mark.checksum));
        return json;
    }

    /** In what other data differ, a sentence for each split; nothing if this says nothing. */
    List<String> differences(DataFingerprint now) {
        List<String> differences = new ArrayList<>();
        splits.forEach((name, then) -> {
            Mark found = now.splits.get(name);
            if (found == null) {
                differences.add("there is no " + name + " split that the run was begun with");
            } else if (found.examples != then.examples) {
                differences.add(String.format(
                        Locale.ROOT,
                        "%s has %,d examples where the run was begun with %,d",
                        name,
                        found.examples,
                        then.examples));
            } else if (!found.equals(then)) {
                differences.add(name + " has as many examples as the run was begun with, and others");
            }
        });
        now.splits.keySet().stream()
                .filter(name -> !splits.isEmpty() && !splits.containsKey(name))
                .forEach(name -> differences.add("there is a " + name + " split that the run was begun without"));
        return differences;
    }
}
