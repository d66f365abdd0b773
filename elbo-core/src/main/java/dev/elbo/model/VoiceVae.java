package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Reparameterised;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Speech given a voice, without a text: p(x, z|voice) = p(z) p(x|z, voice), with z a vector for every few frames and p(z) = N(0, I). What
 * one voice said is said by another where z is kept and the voice exchanged. Hsu et al. (2016), "Voice conversion from non-parallel corpora
 * using variational auto-encoder", section 3.
 *
 * <p>So that z says little of who speaks, the posterior reads frames each band of which has mean 0 and deviation 1 over the recording: Chou
 * et al. (2019), "One-shot voice conversion by separating speaker and content representations with instance normalization", section 2.2.
 *
 * @param voices a vector for each voice, [S, H]
 * @param posterior q(z|x)
 * @param likelihood p(x|z, voice)
 * @param stride frames that share a vector of z
 * @param signature the field "sound", given "voice", with the latent "z"
 */
public record VoiceVae(
        Embedding voices,
        Conditional<? extends Reparameterised> posterior,
        Conditional<? extends Distribution> likelihood,
        int stride,
        Signature signature)
        implements LatentVariableModel {
    private static final String Z = SpeechVae.Z;

    /** Bands that do not change over a recording are not divided by nothing. */
    private static final double LEAST_VARIANCE = 1e-3;

    /** Where the frames of a batch are, and the voice at each. */
    private record Known(FrameAlignment frames, Tensor voice) {}

    private Known known(HostArray lengths, Batch given, Pass pass) {
        Tensor voice = voices.forward(given.get(SpeechVae.VOICE), pass).unsqueeze(1); // [B, 1, H]
        FrameAlignment frames = FrameAlignment.of(lengths, stride, voice.device());
        return new Known(frames, frames.spread(voice));
    }

    private static HostArray lengths(Batch batch) {
        long[] lengths = batch.lengths(SpeechVae.SOUND).toHost().toLongs();
        return HostArray.of(lengths, lengths.length, 1);
    }

    @Override
    public Draw draw(Batch read, Batch scored, int samples, Pass pass) {
        Known known = known(lengths(read), read, pass);
        Reparameterised q = posterior(known.frames().fitted(read.get(SpeechVae.SOUND)), known, pass);
        Latent z = Latent.along(
                Z, q.rsample(samples, pass.rng()), q, prior(known.frames().steps()));
        Distribution p =
                likelihood.given(pass, z.value(), known.voice(), known.frames().mask());
        Tensor x = known.frames().fitted(scored.get(SpeechVae.SOUND));
        return new Draw(List.of(z), Map.of(SpeechVae.SOUND, new Reconstruction(p, p.logProb(x))), Map.of());
    }

    /** N(0, I) for each step. */
    private DiagonalNormal prior(Tensor steps) {
        Tensor zeros = Tensor.zeros(
                steps.device(), steps.shape().dropLast(1).append(2 * dims()).sizes());
        return DiagonalNormal.ofSteps(zeros, steps);
    }

    private long dims() {
        return signature.latent(Z).shape().size(-1);
    }

    private Reparameterised posterior(Tensor x, Known known, Pass pass) {
        Tensor mask = known.frames().mask();
        Tensor nobody = known.voice().zerosLike();
        return posterior.given(pass, even(x, mask), nobody, mask, known.frames().steps());
    }

    /** Frames whose bands have mean 0 and deviation 1 over each recording, and 0 at padding. */
    private static Tensor even(Tensor x, Tensor mask) {
        Tensor count = mask.sum(1).unsqueeze(1); // [B, 1, 1]
        Tensor centred = x.minus(x.times(mask).sum(1).unsqueeze(1).over(count)).times(mask);
        Tensor variance = centred.square().sum(1).unsqueeze(1).over(count);
        return centred.over(variance.plus(LEAST_VARIANCE).sqrt());
    }

    @Override
    public Map<String, Tensor> encode(Batch read, Pass pass) {
        Known known = known(lengths(read), read, pass);
        return Map.of(
                Z,
                posterior(known.frames().fitted(read.get(SpeechVae.SOUND)), known, pass)
                        .centre());
    }

    /** z of as many steps as the longest recording has. */
    @Override
    public Map<String, Tensor> latents(int count, Batch conditions, double temperature, Pass pass) {
        long steps = signature.latent(Z).shape().size(0);
        Tensor all = Tensor.zeros(conditions.get(SpeechVae.VOICE).device(), count, steps, 1)
                .plus(1);
        return Map.of(Z, prior(all).sample(1, temperature, pass.rng()).squeeze(0));
    }

    /** Frames of all steps of z; where the recordings are given too, 0 behind the end of each. */
    @Override
    public Map<String, Distribution> decode(Map<String, Tensor> latents, Batch conditions, Pass pass) {
        Given.requireKnown(latents.keySet(), signature);
        Tensor given = latents.get(Z);
        int count = Math.toIntExact(conditions.get(SpeechVae.VOICE).size(0));
        Tensor z = given == null
                ? Tensor.zeros(
                        conditions.get(SpeechVae.VOICE).device(),
                        count,
                        signature.latent(Z).shape().size(0),
                        dims())
                : given;
        Known known = known(lengths(conditions, count, z.size(-2) * stride), conditions, pass);
        return Map.of(
                SpeechVae.SOUND,
                likelihood.given(pass, z, known.voice(), known.frames().mask()));
    }

    private HostArray lengths(Batch conditions, int count, long frames) {
        if (conditions.fields().containsKey(SpeechVae.SOUND)) {
            HostArray lengths = lengths(conditions);
            if (FrameAlignment.padded(lengths, stride) == frames) {
                return lengths;
            }
        }
        long[] all = new long[count];
        Arrays.fill(all, frames);
        return HostArray.of(all, count, 1);
    }
}
