package dev.elbo.recipe;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.likelihood.FramesLikelihood;
import dev.elbo.model.Melody;
import dev.elbo.model.Signature;
import dev.elbo.model.SpeechVae;
import dev.elbo.model.SpokenText;
import dev.elbo.model.Variable;
import dev.elbo.model.VoiceReference;
import dev.elbo.model.VoiceTable;
import dev.elbo.model.Voices;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Postnet;
import dev.elbo.option.About;
import dev.elbo.posterior.FramesPosterior;
import dev.elbo.prior.DurationPrior;
import dev.elbo.prior.FramesFlowPrior;
import dev.elbo.prior.FramesPrior;
import dev.elbo.prior.PitchPrior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Networks that speak: convolutions along phones and along frames. */
record SpeechNetworks(
        @About("channels of the networks along phones and frames")
        int hidden,

        @About("residual blocks along the phones of a text") int textBlocks,

        @About("residual blocks that make frames; those that read frames are half as many")
        int blocks,

        @About("states of a phone, each with an expected frame: 2 tell its beginning from its end")
        int states,

        @About("dimensions of z, for every four frames") int latents,

        @About(
                "what tells who speaks: table, a vector for each voice; reference, a clip, also of somebody who was never heard")
        VoiceKind voices,

        @About("coupling layers of a flow in the prior of z, which see the text; 0 for a normal prior")
        int flow,

        @About("blocks of convolutions that make frames finer once they are made; 0 for none")
        int postnet,

        @About(
                "whether the pitch of each state is told and predicted, so that say --pitch leaves the size of a voice as it is")
        boolean pitch) {
    /** Frames that share a vector of z. */
    static final int STRIDE = 4;

    /** Numbers that a clip's voice is told by. */
    private static final long NARROW = 64;

    /** What tells who speaks. */
    enum VoiceKind {
        /** A vector for each voice. */
        TABLE,
        /** A clip. */
        REFERENCE
    }

    SpeechNetworks {
        if (flow < 0 || postnet < 0) {
            throw new IllegalArgumentException(
                    "flow and postnet are numbers of layers, 0 or more; got flow " + flow + " and postnet " + postnet);
        }
        if (hidden < 1 || textBlocks < 0 || blocks < 2 || states < 1 || latents < 1) {
            throw new IllegalArgumentException(
                    "hidden, states and latents are positive, and there are 2 blocks or more; got hidden " + hidden
                            + ", textBlocks " + textBlocks + ", blocks " + blocks + ", states " + states
                            + " and latents " + latents);
        }
    }

    static SpeechNetworks standard() {
        return new SpeechNetworks(96, 3, 6, 2, 8, VoiceKind.TABLE, 0, 0, false);
    }

    SpeechVae vae(DataSpec data, Initializer initial) {
        Field.Frames frames = frames(data);
        Field.Tokens phones = SentenceNetworks.tokens(data);
        if (pitch) {
            requirePitch(data);
        }
        List<String> names =
                data.fields().get(SpeechVae.VOICE) instanceof Field.Category voice ? voice.names() : List.of();
        long steps = (frames.longest() + STRIDE - 1L) / STRIDE;
        return new SpeechVae(
                SpokenText.of(
                        phones.vocabulary().size(),
                        who(names, frames, data, initial),
                        states,
                        textBlocks,
                        hidden,
                        initial),
                new Linear(initial.constant(0, frames.channels(), hidden), initial.constant(0, frames.channels())),
                DurationPrior.of(Math.max(1, textBlocks - 1), hidden, initial),
                pitch ? Optional.of(Melody.of(hidden, initial)) : Optional.empty(),
                pitch
                        ? Optional.of(PitchPrior.of(Math.max(1, textBlocks - 1), hidden, Melody.STEPS, initial))
                        : Optional.empty(),
                prior(initial),
                FramesPosterior.of(frames.channels(), blocks / 2, hidden, STRIDE, latents, initial),
                likelihood(frames, initial),
                STRIDE,
                new Signature(
                        List.of(SpeechVae.SOUND),
                        Stream.of(SpeechVae.TEXT, SpeechVae.VOICE)
                                .filter(field -> field.equals(SpeechVae.TEXT) || !names.isEmpty())
                                .toList(),
                        latents((long) phones.longest() * states, steps),
                        pitch ? List.of(SpeechVae.PITCH) : List.of()));
    }

    private List<Variable> latents(long ofTexts, long steps) {
        List<Variable> all = new ArrayList<>();
        all.add(Variable.counts(SpeechVae.DURATIONS, ofTexts));
        if (pitch) {
            all.add(Variable.counts(SpeechVae.PITCH, ofTexts));
        }
        all.add(Variable.steps(SpeechVae.Z, steps, latents));
        return all;
    }

    private Conditional<? extends Distribution> prior(Initializer initial) {
        FramesPrior normal = FramesPrior.of(Math.max(1, blocks / 3), hidden, STRIDE, latents, initial);
        return flow == 0 ? normal : FramesFlowPrior.of(normal, flow, hidden, STRIDE, latents, initial);
    }

    private FramesLikelihood likelihood(Field.Frames frames, Initializer initial) {
        FramesLikelihood plain = FramesLikelihood.of(frames.channels(), blocks, hidden, STRIDE, latents, initial);
        return postnet == 0 ? plain : plain.finer(Postnet.of(frames.channels(), postnet, hidden, initial));
    }

    private static void requirePitch(DataSpec data) {
        if (!(data.fields().get(SpeechVae.PITCH) instanceof Field.Frames)) {
            throw new IllegalArgumentException("pitch=true learns from the pitch of recordings, and data '"
                    + data.name() + "' have no field 'pitch'; give recordings, and leave pitches=true as it is");
        }
    }

    private Optional<? extends Voices> who(
            List<String> names, Field.Frames frames, DataSpec data, Initializer initial) {
        if (voices == VoiceKind.REFERENCE && names.isEmpty()) {
            throw new IllegalArgumentException(
                    "voices=reference learns from recordings of several voices what tells them apart;"
                            + " data '" + data.name()
                            + "' do not say who speaks. Leave it out, or put the recordings of each"
                            + " speaker into a folder of their own");
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                voices == VoiceKind.TABLE
                        ? VoiceTable.of(names.size(), hidden, initial)
                        : VoiceReference.of(names.size(), frames.channels(), blocks / 2, hidden, NARROW, initial));
    }

    static Field.Frames frames(DataSpec data) {
        if (data.field(SpeechVae.SOUND) instanceof Field.Frames frames) {
            return frames;
        }
        throw new IllegalArgumentException("field 'sound' of data '" + data.name() + "' holds no frames of sound");
    }
}
