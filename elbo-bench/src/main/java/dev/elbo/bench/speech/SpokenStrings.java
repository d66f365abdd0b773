package dev.elbo.bench.speech;

import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Recordings one after the other, by one voice, with pauses of random lengths before, between and behind them: so a judge that is given
 * "two" and "seven" learns to hear "two seven".
 *
 * @param clips the recordings
 * @param pauses what is between them
 * @param most the number of recordings of the longest string; strings are no longer than {@code longest}
 * @param longest frames, of a string of more than one recording
 */
record SpokenStrings(List<Utterance> clips, Pauses pauses, int most, int longest) {
    SpokenStrings {
        clips = List.copyOf(clips);
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("there is no recording to learn from");
        }
    }

    /**
     * Some of them, all strings of as many recordings; the longer, the fewer.
     *
     * @param seed other strings
     * @param clipsInAll how many recordings are in all of them together
     */
    List<Utterance> draw(long seed, int clipsInAll) {
        SplittableRandom random = new SplittableRandom(seed);
        int each = random.nextBoolean() ? 1 : 1 + random.nextInt(most);
        Map<String, List<Utterance>> byVoice = byVoice();
        List<Utterance> strings = new ArrayList<>();
        for (int i = 0; i < Math.max(1, clipsInAll / each); i++) {
            Utterance first = clips.get(random.nextInt(clips.size()));
            strings.add(string(first, Objects.requireNonNull(byVoice.get(first.voice())), each, random));
        }
        return strings;
    }

    private Utterance string(Utterance first, List<Utterance> others, int count, SplittableRandom random) {
        List<Utterance> said = new ArrayList<>();
        said.add(first);
        int frames = first.length();
        for (int i = 1; i < count; i++) {
            Utterance next = others.get(random.nextInt(others.size()));
            frames += next.length();
            if (frames > longest) {
                break;
            }
            said.add(next);
        }
        List<HostArray> silences = new ArrayList<>();
        for (int i = 0; i <= said.size(); i++) {
            silences.add(pauses.draw(random));
        }
        return Utterance.joined(said, silences);
    }

    private Map<String, List<Utterance>> byVoice() {
        Map<String, List<Utterance>> byVoice = new LinkedHashMap<>();
        clips.forEach(clip -> byVoice.computeIfAbsent(clip.voice(), voice -> new ArrayList<>())
                .add(clip));
        return byVoice;
    }
}
