package dev.elbo.bench.speech;

import dev.elbo.sound.MelAnalysis;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who judges speech: a recogniser and, where there are several voices, a network of speakers. Both learned from the same recordings, and
 * from nothing that a model has made. Their tensors live in the scope they were made in.
 *
 * @param analysis that makes the frames they hear
 */
public record SpeechJudge(MelAnalysis analysis, Recogniser recogniser, Optional<SpeakerNetwork> speakers) {
    private static final int APART = 10; // of so many recordings to learn from one says when to stop
    private static final int LONGEST_STRING = 5;
    private static final double LONGEST_SECONDS = 5;
    private static final double LONGEST_PAUSE = 0.5;
    private static final int BATCH_FRAMES = 2400;
    private static final int MOST = 32;
    private static final int LEAST = 6;
    private static final int PATIENCE = 6;
    private static final int HELD_OUT_STRINGS = 12;

    /**
     * How much is learned.
     *
     * @param hidden units of each layer
     * @param steps of the recogniser, at most; the network of speakers takes half as many
     * @param every so many steps clips kept apart are asked
     * @param batch recordings at once
     * @param learningRate of the first step
     */
    public record Effort(int hidden, int steps, int every, int batch, double learningRate) {
        /**
         * What suffices for a few thousand recorded words, in minutes. The longer recordings are, the fewer are learned from at once; the
         * more there are, the more steps are taken.
         */
        public static Effort of(Recordings recordings) {
            double frames = recordings.train().values().stream()
                    .mapToInt(Utterance::length)
                    .sum();
            double seconds = frames / recordings.analysis().framesPerSecond();
            double batch = BATCH_FRAMES / (frames / recordings.train().size());
            return new Effort(
                    96,
                    (int) Math.max(1200, Math.min(6000, seconds)),
                    100,
                    (int) Math.max(LEAST, Math.min(MOST, batch)),
                    3e-3);
        }
    }

    /** Told what is learned, and how far it is. */
    public interface Progress {
        /**
         * As often as clips kept apart are asked.
         *
         * @param what learns, in words
         * @param done from 0 to 1
         * @param heldOut loss in nats on clips kept apart
         */
        void learned(String what, double done, double heldOut);
    }

    /** With initial weights, for units and voices. */
    static SpeechJudge of(MelAnalysis analysis, Units units, List<String> voices, int fewer, int hidden, long seed) {
        Optional<SpeakerNetwork> speakers = voices.size() < 2
                ? Optional.empty()
                : Optional.of(
                        SpeakerNetwork.of(voices, analysis.bands(), hidden, Recogniser.initial(Rng.seedOf(seed, 1))));
        return new SpeechJudge(
                analysis,
                Recogniser.of(units, analysis.bands(), fewer, hidden, Recogniser.initial(Rng.seedOf(seed, 0))),
                speakers);
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if no recording is long enough for what is said in it
     */
    public static SpeechJudge train(Recordings recordings, Effort effort, long seed, Progress progress) {
        List<Utterance> all = List.copyOf(recordings.train().values());
        int fewer = fewer(all);
        List<String> voices =
                all.stream().map(Utterance::voice).distinct().sorted().toList();
        SpeechJudge judge = of(recordings.analysis(), Units.of(all), voices, fewer, effort.hidden, seed);
        List<Utterance> usable = all.stream().filter(judge.recogniser::fits).toList();
        requireUsable(recordings, usable);
        List<Utterance> learned = part(usable, false);
        SpokenStrings training = strings(learned, learned, recordings.analysis());
        SpokenStrings others = strings(part(usable, true), learned, recordings.analysis());
        List<Utterance> apart = new ArrayList<>(others.clips());
        for (int i = 0; i < HELD_OUT_STRINGS; i++) {
            apart.addAll(others.draw(Rng.seedOf(seed, 100L + i), effort.batch));
        }
        List<HostArray> frames = learned.stream().map(Utterance::frames).toList();
        Recogniser recogniser = judge.recogniser;
        recogniser.ear().accustom(frames);
        schooling(effort, effort.steps, seed)
                .teach(recogniser, recogniser::loss, training, apart, (d, l) -> progress.learned("recogniser", d, l));
        judge.speakers.ifPresent(network -> {
            network.ear().accustom(frames);
            schooling(effort, effort.steps / 2, seed)
                    .teach(
                            network,
                            network::loss,
                            training,
                            apart,
                            (d, l) -> progress.learned("network of speakers", d, l));
        });
        return judge;
    }

    private static Schooling schooling(Effort effort, int steps, long seed) {
        return new Schooling(steps, effort.every, PATIENCE, effort.learningRate, effort.batch, seed);
    }

    /** Four frames become a step if most utterances then have two steps or more for each of their units; else two. */
    private static int fewer(List<Utterance> utterances) {
        long ample = utterances.stream()
                .filter(each -> each.length() / 4 >= 2 * Units.steps(each.units()))
                .count();
        return ample >= 0.95 * utterances.size() ? 4 : 2;
    }

    private static void requireUsable(Recordings recordings, List<Utterance> usable) {
        if (usable.size() < APART) {
            throw new IllegalArgumentException("a recogniser learns from " + APART + " recordings or more; "
                    + usable.size() + " of the " + recordings.train().size() + " of data '" + recordings.name()
                    + "' are long enough for what is said in them. Are the texts those of the recordings?");
        }
    }

    private static List<Utterance> part(List<Utterance> all, boolean apart) {
        List<Utterance> part = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % APART == 0 == apart) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    private static SpokenStrings strings(List<Utterance> clips, List<Utterance> quiet, MelAnalysis analysis) {
        double perSecond = analysis.framesPerSecond();
        return new SpokenStrings(
                clips, Pauses.of(quiet, (int) Math.ceil(LONGEST_PAUSE * perSecond)), LONGEST_STRING, (int)
                        (LONGEST_SECONDS * perSecond));
    }
}
