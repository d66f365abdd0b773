package dev.elbo.checkpoint;

import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What tensors were called by earlier versions: a checkpoint that holds such a name still opens. */
final class EarlierNames {
    /** Decoder and head of a likelihood of sentences were one, and so were the networks that read them. */
    private static final Map<Pattern, String> TODAY = Map.of(
            Pattern.compile("\\blikelihood\\.(embedding|gru|begin)\\."), "likelihood.decoder.$1.",
            Pattern.compile("\\bposterior\\.network\\.(embedding|forward|backward)\\."), "posterior.network.words.$1.",
            Pattern.compile("\\blikelihood\\.(beside|words|query|joined|gate)\\."), "likelihood.head.$1.");

    private EarlierNames() {}

    /** The same arrays by today's names. */
    static Map<String, HostArray> today(Map<String, HostArray> arrays) {
        Map<String, HostArray> renamed = new LinkedHashMap<>();
        arrays.forEach((name, array) -> renamed.put(today(name), array));
        return renamed;
    }

    private static String today(String name) {
        String renamed = name;
        for (Map.Entry<Pattern, String> rule : TODAY.entrySet()) {
            renamed = rule.getKey().matcher(renamed).replaceAll(rule.getValue());
        }
        return renamed;
    }
}
