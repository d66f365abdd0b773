package dev.elbo.bench.speech;

import dev.elbo.sound.Inversion;
import dev.elbo.sound.MelInversion;
import dev.elbo.sound.Pitch;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Clips before a judge, beside recordings that it did not learn from.
 *
 * @param judge who hears
 * @param recordings what clips are compared with
 * @param inverted the same after analysis and inversion
 * @param texts that a clip can say, among which the recogniser chooses; none if it can say anything
 */
public record Hearing(SpeechJudge judge, List<Spoken> recordings, List<Spoken> inverted, List<List<String>> texts) {
    /** Other takes that a clip is compared with, at most. */
    private static final int TAKES = 3;

    /** As characters have it between words. */
    private static final String SPACE = "␣";

    /** As phones of Mandarin have it. */
    private static final Pattern TONE = Pattern.compile("tone[1-5]");

    /** Copies the lists. */
    public Hearing {
        recordings = List.copyOf(recordings);
        inverted = List.copyOf(inverted);
        texts = List.copyOf(texts);
    }

    /** Beside these recordings. */
    public static Hearing of(SpeechJudge judge, List<Spoken> recordings) {
        return new Hearing(
                judge,
                recordings,
                Parallel.map(recordings.size(), i -> recordings.get(i).again(MelInversion.standard(judge.analysis()))),
                List.of());
    }

    /** The same where nothing but some texts can be said. */
    public Hearing among(List<List<String>> some) {
        return new Hearing(judge, recordings, inverted, some);
    }

    /** The recordings themselves, compared with each other: nobody speaks more like them. */
    public SpeechScore ofRecordings() {
        return score("recordings", recordings);
    }

    /** The score of recordings after analysis and inversion: no model that speaks through them does better. */
    public SpeechScore ofInverted() {
        return score("recordings, inverted", inverted);
    }

    /** The recordings after analysis and a vocoder: no model that speaks through it is better understood. */
    public List<Spoken> through(Inversion vocoder) {
        return recordings.stream().map(each -> each.again(vocoder)).toList();
    }

    /** Mel-cepstral distortion of recordings that were inverted to themselves, in dB. */
    public double distortionOfInversion() {
        return IntStream.range(0, inverted.size())
                .mapToDouble(i -> distance(inverted.get(i), recordings.get(i)).cepstral())
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Judges clips.
     *
     * @param clips a clip with the name of a recording is not compared with that one
     * @throws IllegalArgumentException if there are none
     */
    public SpeechScore score(String system, List<Spoken> clips) {
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("there is no clip of '" + system + "' to judge");
        }
        List<Utterance> utterances = clips.stream().map(Spoken::utterance).toList();
        List<Comparison> takes = comparisons(clips, recordings, TAKES);
        List<Comparison> own = comparisons(clips, clips, TAKES);
        Voices voices = voices(clips);
        List<List<String>> said = utterances.stream().map(Utterance::units).toList();
        List<List<String>> heard = judge.recogniser().heard(utterances, texts);
        return new SpeechScore(
                system,
                clips.size(),
                ErrorRate.of(said, heard),
                wordErrors(said, heard),
                tones(said, heard),
                voices.accuracy,
                voices.similarity,
                voices.equalError,
                mean(takes, each -> each.spectra.cepstral()),
                mean(takes, each -> each.spectra.logSpectral()),
                mean(takes, each -> each.pitch.hertz()),
                mean(takes, each -> each.pitch.cents()),
                mean(takes, each -> each.pitch.voicing()),
                Math.exp(mean(takes, each -> Math.log(each.length))),
                mean(own, each -> each.spectra.cepstral()));
    }

    private static double wordErrors(List<List<String>> said, List<List<String>> heard) {
        boolean haveSpaces = said.stream().anyMatch(units -> units.contains(SPACE));
        return haveSpaces
                ? ErrorRate.of(
                                said.stream().map(Hearing::words).toList(),
                                heard.stream().map(Hearing::words).toList())
                        .rate()
                : Double.NaN;
    }

    /** The words of characters, without capitals and marks, which nobody hears. */
    private static List<String> words(List<String> characters) {
        String text = String.join("", characters)
                .replace(SPACE, " ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}' ]", "")
                .strip();
        return text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
    }

    /** The share of clips whose tones are heard as they were asked for, among those that have tones. */
    private static double tones(List<List<String>> said, List<List<String>> heard) {
        return IntStream.range(0, said.size())
                .filter(i -> !tones(said.get(i)).isEmpty())
                .mapToDouble(i -> tones(said.get(i)).equals(tones(heard.get(i))) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static List<String> tones(List<String> units) {
        return units.stream().filter(TONE.asMatchPredicate()).toList();
    }

    private record Voices(double accuracy, double similarity, double equalError) {}

    private Voices voices(List<Spoken> clips) {
        if (judge.speakers().isEmpty()) {
            return new Voices(Double.NaN, Double.NaN, Double.NaN);
        }
        SpeakerNetwork network = judge.speakers().get();
        Similarity similarity = Similarity.of(
                named(clips), network.vectors(frames(clips)), named(recordings), network.vectors(frames(recordings)));
        double accuracy = network.accuracy(clips.stream().map(Spoken::utterance).toList());
        return new Voices(accuracy, similarity.same(), similarity.equalError());
    }

    private static List<Similarity.Of> named(List<Spoken> clips) {
        return clips.stream()
                .map(each -> new Similarity.Of(each.name(), each.utterance().voice()))
                .toList();
    }

    private static List<HostArray> frames(List<Spoken> clips) {
        return clips.stream().map(each -> each.utterance().frames()).toList();
    }

    /**
     * Two takes of the same.
     *
     * @param length of the first over that of the second
     */
    private record Comparison(SpectralDistance spectra, PitchDistance pitch, double length) {}

    /** Each clip with the first few takes of the same text by the same voice. */
    private List<Comparison> comparisons(List<Spoken> clips, List<Spoken> others, int most) {
        List<double[]> pitches = pitches(clips);
        List<double[]> otherPitches = clips == others ? pitches : pitches(others);
        return Parallel.map(clips.size(), i -> {
                    List<Comparison> some = new ArrayList<>();
                    for (int j = 0; j < others.size() && some.size() < most; j++) {
                        if (others.get(j).isTakeOf(clips.get(i))) {
                            some.add(compared(clips.get(i), pitches.get(i), others.get(j), otherPitches.get(j)));
                        }
                    }
                    return some;
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<double[]> pitches(List<Spoken> clips) {
        int hop = judge.analysis().hop();
        return Parallel.map(
                clips.size(),
                i -> Pitch.SPEECH.track(
                        clips.get(i).wave().samples(), clips.get(i).wave().rateHz(), hop));
    }

    private static Comparison compared(Spoken one, double[] pitch, Spoken other, double[] otherPitch) {
        SpectralDistance spectra = distance(one, other);
        double length = (double) one.utterance().length() / other.utterance().length();
        return new Comparison(spectra, PitchDistance.of(pitch, otherPitch, spectra.path()), length);
    }

    private static SpectralDistance distance(Spoken one, Spoken other) {
        return SpectralDistance.of(one.utterance().frames(), other.utterance().frames());
    }

    /** The mean of the values that are numbers. */
    private static double mean(List<Comparison> all, ToDoubleFunction<Comparison> figure) {
        return Arrays.stream(all.stream().mapToDouble(figure).toArray())
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
