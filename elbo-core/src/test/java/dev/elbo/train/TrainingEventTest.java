package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.elbo.train.TrainingEvent.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingEventTest {
    private static final Path CHECKPOINT = Path.of("runs", "a", "checkpoints", "step-0000000006");

    static Stream<Arguments> events() {
        return Stream.of(
                arguments(
                        new TrainingEvent.Started(6, 18, 6, 1000, 2, 1, Optional.empty(), 0, 0),
                        "{'event':'started','step':6,'steps':18,'stepsPerEpoch':6,'parameters':1000,'replicas':2,"
                                + "'shuffleBlock':1,'leftOut':0,'seconds':0.0}"),
                arguments(
                        new TrainingEvent.Started(0, 18, 6, 1000, 1, 1, Optional.of("it has too few examples"), 3, 8.5),
                        "{'event':'started','step':0,'steps':18,'stepsPerEpoch':6,'parameters':1000,'replicas':1,"
                                + "'shuffleBlock':1,'leftOut':3,'seconds':8.5,'undivided':'it has too few examples'}"),
                arguments(new TrainingEvent.Recorded(3, 42), "{'event':'recorded','step':3,'operations':42}"),
                arguments(
                        new TrainingEvent.NotRecorded(3, "a value was asked for"),
                        "{'event':'notRecorded','step':3,'reason':'a value was asked for'}"),
                arguments(
                        new TrainingEvent.Progressed(3, 0.5, Map.of("negElbo", 100.5), 0.001, 2.5, 2000, 1.5),
                        "{'event':'step','step':3,'epoch':0.5,'seconds':1.5,'samplesPerSecond':2000.0,"
                                + "'learningRate':0.001,'gradientNorm':2.5,'terms':{'negElbo':100.5}}"),
                arguments(
                        new TrainingEvent.Evaluated(6, 1, Map.of("negElbo", 99.5), true, 2.5),
                        "{'event':'evaluated','step':6,'epoch':1.0,'seconds':2.5,'split':'validation',"
                                + "'terms':{'negElbo':99.5},'best':true}"),
                arguments(
                        new TrainingEvent.Saved(6, CHECKPOINT),
                        "{'event':'saved','step':6,'checkpoint':'step-0000000006'}"),
                arguments(
                        new TrainingEvent.Diverged(
                                9,
                                Map.of("rate", Double.NEGATIVE_INFINITY),
                                Map.of("rate", 20.0),
                                Optional.of(CHECKPOINT)),
                        "{'event':'diverged','step':9,'terms':{'rate':'-Infinity'},'lastFinite':{'rate':20.0},"
                                + "'checkpoint':'step-0000000006'}"),
                arguments(
                        new TrainingEvent.Diverged(1, Map.of("rate", Double.NaN), Map.of(), Optional.empty()),
                        "{'event':'diverged','step':1,'terms':{'rate':'NaN'},'lastFinite':{},'checkpoint':null}"),
                arguments(
                        new TrainingEvent.Finished(18, Reason.NO_IMPROVEMENT, 9.5),
                        "{'event':'finished','step':18,'reason':'no-improvement','seconds':9.5}"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isWrittenAsOneLineOfJson(TrainingEvent event, String json) {
        assertThat(event.toJson()).hasToString(json.replace('\'', '"'));
    }

    @Test
    void everyKindOfEventIsHereWithAKindOfItsOwn() {
        List<TrainingEvent> events =
                events().map(event -> (TrainingEvent) event.get()[0]).toList();
        Set<String> kinds =
                events.stream().map(event -> event.getClass().getName()).collect(Collectors.toSet());
        assertThat(kinds)
                .isEqualTo(Arrays.stream(TrainingEvent.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .collect(Collectors.toSet()));
        assertThat(events.stream()
                        .map(event -> event.toJson().path("event").asText())
                        .distinct())
                .hasSameSizeAs(kinds);
    }
}
