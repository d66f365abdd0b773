package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlierNamesTest {
    private static final HostArray ONE = HostArray.of(new float[] {1}, 1);

    @ParameterizedTest
    @CsvSource({
        "likelihood.embedding.weight, likelihood.decoder.embedding.weight",
        "likelihood.gru.weight_ih, likelihood.decoder.gru.weight_ih",
        "adam.m.likelihood.words.bias, adam.m.likelihood.head.words.bias",
        "posterior.network.forward.bias_hh, posterior.network.words.forward.bias_hh",
        "posterior.network.out.weight, posterior.network.out.weight",
        "likelihood.network.0.weight, likelihood.network.0.weight",
        "likelihood.decoder.gru.bias_ih, likelihood.decoder.gru.bias_ih"
    })
    void tensorsOfSentenceModelsGetTodaysNames(String before, String now) {
        assertThat(EarlierNames.today(Map.of(before, ONE))).containsExactly(Map.entry(now, ONE));
    }

    @Test
    void theOrderStays() {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        arrays.put("likelihood.words.weight", ONE);
        arrays.put("a", ONE);
        assertThat(EarlierNames.today(arrays).keySet()).containsExactly("likelihood.head.words.weight", "a");
    }
}
