package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Point;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Speech given a text and a voice: p(x, d, z|text, voice) = p(d|h) p(z|c) p(x|z, c), with h the states of the text, d the number of frames
 * of each, and c the states spread over their frames. After Kim et al. (2020), Glow-TTS, and Ren et al. (2021), PortaSpeech.
 *
 * <p>The posterior of d is a point: the likeliest alignment of the frames with an outline, which is a frame that each state is expected to
 * have, N(outline(h), I). The outline learns from the frames that were given to its states, by a penalty in training. z is a vector for
 * every few frames.
 *
 * <p>Where a melody is told, there is a third latent, how high each state is said, with a prior p(pitch|h) and a point as its posterior: the
 * pitch of the recording. c then knows it too.
 *
 * @param text the states of texts
 * @param outline from a state to the frame that is expected, [M, H]
 * @param durations p(d|h)
 * @param melody how high each state is said, if that is told
 * @param pitch p(pitch|h), where there is a melody
 * @param prior p(z|c)
 * @param posterior q(z|x, c)
 * @param likelihood p(x|z, c)
 * @param stride frames that share a vector of z
 * @param signature the field "sound", given "text" and perhaps "voice", with latents "durations", perhaps "pitch", and "z"
 */
public record SpeechVae(
        SpokenText text,
        Linear outline,
        Conditional<? extends Distribution> durations,
        Optional<Melody> melody,
        Optional<? extends Conditional<? extends Distribution>> pitch,
        Conditional<? extends Distribution> prior,
        Conditional<? extends Reparameterised> posterior,
        Conditional<? extends Distribution> likelihood,
        int stride,
        Signature signature)
        implements LatentVariableModel {
    /** The field of the frames. */
    public static final String SOUND = "sound";

    /** The field of what is said. */
    public static final String TEXT = "text";

    /** The field of who says it. */
    public static final String VOICE = "voice";

    /** The latent of how many frames each state has. */
    public static final String DURATIONS = "durations";

    /** The latent of how high each state is said, and the field of the pitch at each frame. */
    public static final String PITCH = "pitch";

    /** The latent of everything that text, voice and durations leave open. */
    public static final String Z = "z";

    /** Frames that a state may have where they are made: some seconds, which no phone lasts. */
    private static final double LONGEST_STATE = 400;

    /** σ, as a share of a text: speech is slow here and quick there. */
    private static final double EVENNESS = 0.2;

    /** The parents of z: the texts' states, and where their frames are. */
    private record Known(SpokenText.States text, FrameAlignment alignment, Tensor c) {}

    /** @param high the steps of states, of a melody */
    private Known known(SpokenText.States states, HostArray d, Optional<HostArray> high, Pass pass) {
        Device device = states.mask().device();
        FrameAlignment alignment = FrameAlignment.of(d, stride, device);
        Tensor c = alignment.spread(states.states());
        Tensor told = high.map(steps -> c.plus(melody.orElseThrow()
                        .along(steps, d, alignment.frames(), device, pass)
                        .times(alignment.mask())))
                .orElse(c);
        return new Known(states, alignment, told);
    }

    /** The steps of pitch that a recording has, if there is a melody. */
    private Optional<HostArray> heard(Batch read, HostArray d) {
        return melody.map(told -> Melody.steps(read.get(PITCH).toHost(), d));
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        SpokenText.States states = text.of(read, pass);
        Tensor expected = outline.forward(states.states(), pass); // [B, L, M]
        HostArray found = aligned(read, states, expected);
        Optional<HostArray> high = heard(read, found);
        Known known = known(states, found, high, pass);
        Tensor frames = known.alignment().fitted(read.get(SOUND));
        Reparameterised q = posterior(frames, known, pass);
        Latent z = Latent.along(Z, q.rsample(samples, pass.rng()), q, prior(known, pass));
        Tensor x = known.alignment().fitted(scored.get(SOUND));
        Distribution p =
                likelihood.given(pass, z.value(), known.c(), known.alignment().mask());
        List<Latent> latents = new ArrayList<>();
        latents.add(certain(DURATIONS, found, durationsOf(states, pass), samples));
        high.ifPresent(steps -> latents.add(certain(PITCH, steps, pitchOf(states, pass), samples)));
        latents.add(z);
        return new Draw(
                latents,
                Map.of(SOUND, new Reconstruction(p, p.logProb(x))),
                pass.training() ? penalties(x, expected, known) : Map.of());
    }

    private static Map<String, Tensor> penalties(Tensor x, Tensor expected, Known known) {
        Map<String, Tensor> penalties = new LinkedHashMap<>(known.text().penalties());
        penalties.put("outline", misfit(x, expected, known));
        return penalties;
    }

    /** A latent of whole numbers that are known of each state. */
    private Latent certain(String name, HostArray found, Distribution prior, int samples) {
        Point point = new Point(Tensor.of(found, outline.weight().device()), 1);
        Tensor each = point.value().expand(point.value().shape().prepend(samples));
        Scored certain = new Scored(each, () -> Tensor.zeros(each.device(), samples, each.size(1)));
        return new Latent(name, certain, point, prior);
    }

    private Distribution durationsOf(SpokenText.States states, Pass pass) {
        return durations.given(pass, states.states(), states.mask());
    }

    private Distribution pitchOf(SpokenText.States states, Pass pass) {
        return pitch.orElseThrow().given(pass, states.states(), states.mask());
    }

    private Reparameterised posterior(Tensor frames, Known known, Pass pass) {
        return posterior.given(
                pass,
                frames,
                known.c(),
                known.alignment().mask(),
                known.alignment().steps());
    }

    private Distribution prior(Known known, Pass pass) {
        return prior.given(pass, known.c(), known.alignment().steps());
    }

    /** The likeliest durations of the frames that are read, INT64 [B, L]. */
    private HostArray aligned(Batch read, SpokenText.States states, Tensor expected) {
        try (GradientMode off = GradientMode.off()) {
            Tensor x = read.get(SOUND).transpose(1, 2); // [B, M, T]
            Tensor outlines = expected.detach();
            Tensor counts = states.mask().sum(-1).sum(-1); // [B]
            Tensor lengths = read.lengths(SOUND);
            // −½ ‖x − μ‖² but for what all states have in common
            Tensor scores = outlines.matmul(x)
                    .minus(outlines.square().sum(-1).times(0.5).unsqueeze(-1))
                    .minus(uneven(counts, lengths.to(DType.FLOAT32), x.size(2), expected.size(1)));
            return MonotonicAlignment.durations(
                    scores.toHost(),
                    counts.to(DType.INT64).toHost().toLongs(),
                    lengths.toHost().toLongs());
        }
    }

    /**
     * ½ ((l + ½) / L − (t + ½) / T)² / σ², [B, L, T]: how far a state of a text is from its place if all were said evenly. It decides while
     * outlines are alike, and hardly later. In the spirit of the alignment prior of Badlani et al. (2021),
     * One TTS Alignment to Rule Them All.
     */
    private static Tensor uneven(Tensor counts, Tensor lengths, long frames, long states) {
        Tensor place = middles(states, counts).unsqueeze(-1);
        Tensor time = middles(frames, lengths).unsqueeze(1);
        return place.minus(time).square().times(0.5 / (EVENNESS * EVENNESS));
    }

    /** (i + ½) / n of each example, [B, most]. */
    private static Tensor middles(long most, Tensor n) {
        return Tensor.arange(most, n.device()).to(DType.FLOAT32).plus(0.5).over(n.unsqueeze(-1));
    }

    /** −log N(x; outline, I) of the frames but for what is constant, the mean over examples. */
    private static Tensor misfit(Tensor x, Tensor expected, Known known) {
        Tensor distance = x.minus(known.alignment().spread(expected))
                .times(known.alignment().mask());
        return distance.square().sum().times(0.5 / x.size(0));
    }

    /** The durations of what is heard, and the centre of z. */
    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        SpokenText.States states = text.of(read, pass);
        HostArray found = aligned(read, states, outline.forward(states.states(), pass));
        Optional<HostArray> high = heard(read, found);
        Known known = known(states, found, high, pass);
        Map<String, Tensor> codes = new LinkedHashMap<>();
        codes.put(DURATIONS, Tensor.of(found, states.mask().device()));
        high.ifPresent(steps -> codes.put(PITCH, Tensor.of(steps, states.mask().device())));
        codes.put(
                Z,
                posterior(known.alignment().fitted(read.get(SOUND)), known, pass)
                        .centre());
        return codes;
    }

    /** Durations of each text, its melody if there is one, and z given these. */
    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        SpokenText.States states = text.of(conditions, pass);
        Map<String, Tensor> said = new LinkedHashMap<>();
        Tensor d = durationsOf(states, pass).sample(1, temperature, pass.rng()).squeeze(0);
        said.put(DURATIONS, possible(d));
        if (melody.isPresent()) {
            said.put(
                    PITCH,
                    pitchOf(states, pass).sample(1, temperature, pass.rng()).squeeze(0));
        }
        return latents(said, states, temperature, pass);
    }

    /**
     * Durations, and a melody, as they are given, and z given these.
     *
     * @param said frames of each state, and of a model with a melody the steps of each, INT64 [N, L] by latent
     */
    public Map<String, Tensor> latents(Map<String, Tensor> said, Batch conditions, double temperature, Pass pass) {
        return latents(said, text.of(conditions, pass), temperature, pass);
    }

    private Map<String, Tensor> latents(
            Map<String, Tensor> said, SpokenText.States states, double temperature, Pass pass) {
        HostArray d = Objects.requireNonNull(said.get(DURATIONS)).toHost();
        Distribution p = prior(known(states, d, high(said), pass), pass);
        Map<String, Tensor> latents = new LinkedHashMap<>(said);
        latents.put(Z, p.sample(1, temperature, pass.rng()).squeeze(0));
        return latents;
    }

    private Optional<HostArray> high(Map<String, Tensor> said) {
        return melody.map(told -> Objects.requireNonNull(said.get(PITCH)).toHost());
    }

    private static Tensor possible(Tensor durations) {
        return durations.clamp(0, LONGEST_STATE).to(DType.INT64);
    }

    /**
     * Frames, and 0 behind the end of each.
     *
     * @throws IllegalArgumentException if z is of other durations
     */
    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        SpokenText.States states = text.of(conditions, pass);
        Tensor given = latents.get(DURATIONS);
        Tensor d = given == null ? possible(durationsOf(states, pass).centre()) : given;
        Map<String, Tensor> said = new LinkedHashMap<>(latents);
        if (melody.isPresent()) {
            said.computeIfAbsent(PITCH, missing -> like(d, pitchOf(states, pass).centre()));
        }
        Known known = known(states, d.toHost(), high(said), pass);
        Tensor z = latents.get(Z);
        Tensor value = z == null ? prior(known, pass).centre() : z;
        if (value.size(-2) * stride != known.alignment().frames()) {
            throw new IllegalArgumentException("z has " + value.size(-2) + " steps where the durations have "
                    + known.alignment().frames() / stride + ": give the durations that z was made with");
        }
        return Map.of(
                SOUND,
                likelihood.given(pass, value, known.c(), known.alignment().mask()));
    }

    /** Steps [N, L] for each of several samples of durations, [..., N, L]. */
    private static Tensor like(Tensor durations, Tensor steps) {
        return steps.expand(durations.shape());
    }
}
